import assert from "node:assert/strict";
import { once } from "node:events";
import { watch } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { TestContext } from "node:test";
import type { ContainerSpec, PodSandbox, RunningContainer } from "../../../../embedded/nodes/container.ts";
import { createRuntime } from "../../../../embedded/nodes/containers/create-runtime.ts";
import { listIsolations } from "../../../../embedded/nodes/containers/isolation.ts";
import type { Isolation } from "../../../../embedded/nodes/containers/isolation.ts";
import { createPodNetwork } from "../../../../embedded/nodes/network/create-network.ts";

const ownImage = "asdic:test";
const shellImage = "registry.k8s.io/e2e-test-images/busybox:1.37.0-1";

/** Every kind of isolation that this machine has. */
export const isolations: readonly Isolation["kind"][] = await findIsolations();

/** For what does not depend on how namespaces are made: the best of those that have them, and none at all. */
export const mainIsolations: readonly Isolation["kind"][] = isolations.filter((kind) => kind !== "user" || !isolations.includes("root"));

type Bench = Awaited<ReturnType<typeof openBench>>;

/** A runtime with a network in a folder of its own; `programs` are the sources themselves. Everything ends with the test. */
export async function openBench(context: TestContext, isolation: Isolation["kind"]) {
  const folder = await mkdtemp(join(tmpdir(), "asdic-runtime-"));
  const network = createPodNetwork({ folder: join(folder, "n") });
  const runtime = await createRuntime({
    folder: join(folder, "c"),
    programs: join(import.meta.dirname, "../../../.."),
    network,
    ownImage: (name) => name === ownImage,
    signal: new AbortController().signal,
    isolation,
  });
  context.after(async () => {
    await runtime.close();
    await network.close();
    await rm(folder, { recursive: true, force: true });
  });
  let last = 0;
  const openPod = (pod: { readonly nodeName?: string; readonly hostNetwork?: boolean } = {}) =>
    runtime.openPod({ uid: `pod-${last++}`, namespace: "default", name: "pod", nodeName: "worker-1", hostNetwork: false, ...pod });
  return { folder, network, runtime, openPod };
}

/** What a kubelet would ask for: the image's own user and environment unless `more` says otherwise. */
export function buildSpec({ runtime }: Bench, command: readonly string[], { image = ownImage, ...more }: Partial<ContainerSpec> = {}): ContainerSpec {
  const found = runtime.findImage(image);
  if (found === undefined) throw new Error(`no image ${image}`);
  const { user, env, workingDir } = found;
  const common = { podUid: "pod", name: "container", mounts: [], hostname: "pod-name", nodeName: "worker-1" };
  return { ...common, image, command, workingDir, runAsUser: user, runAsGroup: user, ...more, env: { ...env, ...more.env } };
}

/** The same for the shell image. */
export const buildShellSpec = (bench: Bench, command: readonly string[], more: Partial<ContainerSpec> = {}): ContainerSpec =>
  buildSpec(bench, command, { image: shellImage, ...more });

/** Runs a container to its end; its log without times. */
export async function runToEnd(bench: Bench, pod: PodSandbox, spec: ContainerSpec): Promise<{ readonly exitCode: number; readonly log: string }> {
  const logFile = join(bench.folder, `log-${Math.random()}`);
  const { exitCode } = await (await pod.start(spec, logFile)).ended;
  return { exitCode, log: (await readFile(logFile, "utf8")).replaceAll(/^\S+ /gm, "") };
}

/** The text is in the log; the container is not to end before. */
export async function untilLogged(file: string, text: string, { ended }: RunningContainer): Promise<void> {
  const watcher = watch(dirname(file));
  try {
    while (!(await readFile(file, "utf8").catch(() => "")).includes(text)) {
      const end = await Promise.race([once(watcher, "change"), ended]);
      assert.ok(Array.isArray(end), "the container has ended");
    }
  } finally {
    watcher.close();
  }
}

/** A program of our own image as text. */
export const node = (program: string, ...args: readonly string[]): readonly string[] => ["/nodejs/bin/node", "--input-type=module", "-e", program, ...args];

async function findIsolations(): Promise<readonly Isolation["kind"][]> {
  const kinds: Isolation["kind"][] = [];
  for (const { kind } of await listIsolations()) {
    const folder = await mkdtemp(join(tmpdir(), "asdic-runtime-"));
    const network = createPodNetwork({ folder: join(folder, "n") });
    const runtime = await createRuntime({
      folder: join(folder, "c"),
      programs: folder,
      network,
      ownImage: () => true,
      signal: new AbortController().signal,
      isolation: kind,
    });
    const pod = await runtime.openPod({ uid: "trial", namespace: "default", name: "trial", nodeName: "n", hostNetwork: false }).catch(() => undefined);
    if (pod !== undefined) kinds.push(kind);
    await runtime.close();
    await network.close();
    await rm(folder, { recursive: true, force: true });
  }
  return kinds;
}
