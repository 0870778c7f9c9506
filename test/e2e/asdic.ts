import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { createReadStream, existsSync, mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, before } from "node:test";
import { readArchive } from "../../core/archive/read-archive.ts";

/** How a process of the CLI ended; `code` is its exit code. */
export type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

/** The image under test; CI builds it from this tree. */
export const image = process.env["ASDIC_IMAGE"] ?? "ghcr.io/asdic/asdic:dev";

/** Whether the end-to-end tests run on an embedded cluster (test/e2e/on-embedded.ts says so). */
export const isEmbedded = process.env["ASDIC_E2E_CLUSTER"] === "embedded";

/** The bundle that `npm run e2e` and `npm run e2e:embedded` build first: it starts in a third of the sources' time. */
export const cli = join(import.meta.dirname, "../../dist/cli/main.js");

/** Whoever runs the tests may have installed plugins, which are none of theirs. */
const noStore = join(import.meta.dirname, "no-plugins-here");

/** Leaves a test to a real cluster where the end-to-end tests run on the embedded one, which has no kernel of its own for each node. */
export const needsKernel = (reason: string): { readonly skip?: string } => (isEmbedded ? { skip: `needs-kernel: ${reason}` } : {});

/** Runs the CLI as it is shipped, built from this tree, as a process in `cwd` with the given arguments; kills it after ten minutes. */
export async function asdic(args: readonly string[], cwd = process.cwd()): Promise<Ended> {
  const child = spawn(process.execPath, [cli, ...args], {
    cwd,
    env: { ...process.env, ASDIC_IMAGE: image, ASDIC_DIR: noStore, NO_COLOR: "1" },
    timeout: 600_000,
  });
  child.stdin.end();
  const [stdout, stderr, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => child.once("close", resolve)),
  ]);
  return { code, stdout, stderr };
}

/** Runs kubectl; throws with what it printed when it fails. */
export async function kubectl(...args: readonly string[]): Promise<string> {
  const child = spawn("kubectl", args);
  const [stdout, stderr, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => child.once("close", resolve)),
  ]);
  if (code !== 0) throw new Error(`kubectl ${args.join(" ")} ended with ${code}: ${stderr}`);
  return stdout;
}

/** A port of this machine that leads to one of a pod, until `close`; opened again when the pod's side broke it off. */
export function forwardPort(namespace: string, pod: string, port: number): { open(): Promise<number>; close(): void } {
  let forward: { readonly child: ChildProcess; readonly local: Promise<number> } | undefined;
  const start = () => {
    const child = spawn("kubectl", ["port-forward", "-n", namespace, `pod/${pod}`, `:${port}`], { stdio: ["ignore", "pipe", "ignore"] });
    const local = new Promise<number>((resolve, reject) => {
      child.once("exit", () => reject(new Error("kubectl port-forward has ended")));
      child.stdout.on("data", (chunk: Buffer) => {
        const found = /127\.0\.0\.1:(\d+)/.exec(chunk.toString())?.[1];
        if (found !== undefined) resolve(Number(found));
      });
    });
    return { child, local };
  };
  return {
    async open() {
      // One whose pod's side broke off may still be ending.
      if (forward === undefined || forward.child.exitCode !== null || !(await isOpen(await forward.local))) forward = start();
      return forward.local;
    },
    close: () => void forward?.child.kill(),
  };
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => resolve(true));
    socket.once("error", () => resolve(false)).once("connect", () => socket.destroy());
  });
}

/** A namespace and a folder of a suite's own, made before its tests; both are gone after them. Call it inside `describe`. */
export function usePlace(name: string): Place {
  const folder = mkdtempSync(join(tmpdir(), `asdic-${name}-`));
  const place = { namespace: `e2e-${name}`, folder, tarball: join(folder, "run.tar.gz") };
  before(() => asdic(["delete", "--wait", "-n", place.namespace]));
  after(async () => {
    await asdic(["delete", "--wait", "-n", place.namespace]);
    rmSync(folder, { recursive: true, force: true });
  });
  return place;
}
export type Place = { readonly namespace: string; readonly folder: string; readonly tarball: string };

/** Runs the plugins to the end in the suite's place and reads the tarball. */
export async function runToEnd(place: Place, args: readonly string[]): Promise<{ readonly run: Ended; readonly files: Map<string, Buffer> }> {
  const run = await asdic(["run", "--wait", "-n", place.namespace, "-o", place.tarball, ...args], place.folder);
  if (!existsSync(place.tarball)) throw new Error(`There is no tarball. Exit code ${run.code}\n${run.stdout}\n${run.stderr}`);
  return { run, files: await readTarball(place.tarball) };
}

/** Path of a folder or file below test/e2e/plugins. */
export const pluginFile = (name: string): string => join(import.meta.dirname, "plugins", name);

/** Every file of a tarball by name, in the order in which they stand. */
export async function readTarball(path: string): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for await (const entry of readArchive(createReadStream(path))) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry.body as AsyncIterable<Buffer>) chunks.push(chunk);
    files.set(entry.name, Buffer.concat(chunks));
  }
  return files;
}

/** The names of a tarball with what differs from run to run and from cluster to cluster taken out: pods' suffixes, and what else the cluster has. */
export function renderListing(names: Iterable<string>, namespace: string): string {
  const own = [...names].filter(
    (name) => !/^(?:resources|podlogs|server)\//.test(name) || usual.has(name.replace(namespace, "NAMESPACE")) || name.startsWith(`podlogs/${namespace}/`),
  );
  return `${own.map((name) => name.replaceAll(namespace, "NAMESPACE").replace(/^(podlogs\/NAMESPACE\/asdic-.+-[0-9a-f]{8})-[a-z0-9]{5}\//, "$1-POD/")).join("\n")}\n`;
}

const usual: ReadonlySet<string> = new Set([
  "resources/cluster/core_v1_nodes.json",
  "resources/ns/NAMESPACE/core_v1_events.json",
  "resources/ns/NAMESPACE/core_v1_pods.json",
]);

/** A result tree's YAML without the durations and hosts that differ from run to run. */
export const renderTree = (yaml: Buffer | undefined): string => (yaml?.toString() ?? "").replaceAll(/^(\s+duration: ).*$/gm, "$1DURATION");
