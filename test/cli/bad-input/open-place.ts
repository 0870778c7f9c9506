import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { startEmbedded } from "../../../embedded/start-embedded.ts";
import { runCli, type Ended } from "../../faults/run-cli.ts";
import { wordsOf, type Area, type BadCase } from "./bad-case.ts";

/** A folder and a cluster where bad calls are tried, and what has become of both. */
export type Place = {
  run(input: BadCase): Promise<Ended>;
  /** Every file below the folder with its content's SHA-256. */
  listFolder(): Promise<readonly string[]>;
  /** Ends the cluster; says what was written to it since `open`, requests for dry runs and questions about rights apart. */
  close(): Promise<readonly string[]>;
};

/** One node, the files of all areas, and the run `there` whose image nobody can pull. */
export async function openPlace(areas: readonly Area[]): Promise<Place> {
  // Outside of the folder that is looked at.
  const cluster = await openCluster();
  const folder = await mkdtemp("/tmp/asdic-bad-");
  for (const { files = {} } of areas) for (const [name, content] of Object.entries(files)) await layFile(join(folder, name), content);
  const clean = (text: string): string =>
    text
      .replaceAll(folder, "FOLDER")
      .replaceAll(cluster.url, "SERVER")
      .replaceAll(cluster.kubeconfig, "KUBECONFIG")
      .replaceAll(`--port ${new URL(cluster.url).port}`, "--port PORT")
      .replaceAll(cluster.runId, "RUN-ID");
  return {
    async run({ environment = {}, input, ...own }) {
      const there = (text: string): string => text.replaceAll("FOLDER", folder).replaceAll("PORT", new URL(cluster.url).port);
      const { stdout, stderr, code } = await runCli(wordsOf(own).map(there), {
        kubeconfig: cluster.kubeconfig,
        cwd: folder,
        signal: AbortSignal.timeout(30_000),
        environment: {
          PATH: process.env["PATH"],
          HOME: folder,
          ...Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, there(value)])),
        },
        input,
      });
      return { code, stdout: clean(stdout), stderr: clean(stderr) };
    },
    listFolder: () => listFiles(folder),
    async close() {
      await rm(folder, { recursive: true, force: true });
      return cluster.close();
    },
  };
}

async function layFile(path: string, content: string | Buffer | undefined): Promise<void> {
  await mkdir(content === undefined ? path : dirname(path), { recursive: true });
  if (content !== undefined) await writeFile(path, content, { mode: 0o600 });
}

async function listFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const listed = entries.map(async (entry) => {
    const path = join(entry.parentPath, entry.name);
    const content = entry.isFile() ? await readFile(path) : "";
    return `${path} ${createHash("sha256").update(content).digest("hex")}`;
  });
  return (await Promise.all(listed)).toSorted();
}

type OpenedCluster = { readonly url: string; readonly runId: string; readonly kubeconfig: string; close(): Promise<readonly string[]> };

async function openCluster(): Promise<OpenedCluster> {
  const folder = await mkdtemp("/tmp/asdic-");
  const end = new AbortController();
  const kubeconfig = join(folder, "kubeconfig");
  const writes: string[] = [];
  const text = JSON.stringify({ apiVersion: "v1", kind: "Node", metadata: { name: "only" } });
  const cluster = await startEmbedded({
    folder: join(folder, "c"),
    programs: "",
    ownImage: () => false,
    world: { text, name: "world" },
    port: 0,
    signal: end.signal,
    onRequest({ verb, path, user }) {
      const isQuestion = /dryRun=All|(?:selfsubject\w+reviews|tokenreviews)(?:\?|$)/.test(path);
      if (!isQuestion && !["get", "list", "watch"].includes(verb)) writes.push(`${user} ${verb} ${path}`);
    },
  });
  await writeFile(kubeconfig, cluster.kubeconfig, { mode: 0o600 });
  const ran = await runCli(["run", "-n", "there", "--skip-preflight"], { kubeconfig, cwd: folder, signal: end.signal });
  assert.equal(ran.code, 0, ran.stderr);
  // A request is told once its connection is done with it, and the last is the aggregator's. Whoever writes by HTTP from then on is the one who was called.
  while (!writes.some((write) => write.includes("/deployments"))) await setTimeout(10);
  writes.length = 0;
  return {
    url: cluster.url,
    runId: /^Run (\w+) /m.exec(ran.stdout)?.[1] ?? assert.fail(ran.stdout),
    kubeconfig,
    async close() {
      await cluster.close();
      end.abort();
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
      return writes;
    },
  };
}
