import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Clock } from "../../clock.ts";
import type { ContainerRuntime } from "../container.ts";
import type { NodesNetwork } from "../network/create-network.ts";
import { buildOwnImage, buildShellImage, isShellImage } from "./images.ts";
import { isWorking } from "./is-working.ts";
import type { Isolation } from "./isolation.ts";
import { listIsolations } from "./isolation.ts";
import type { PodContext, Sandbox } from "./open-sandbox.ts";
import { openSandbox } from "./open-sandbox.ts";
import { createOutputPipes } from "./output-pipes.ts";
import { readMachine } from "./read-machine.ts";
import { startJanitor } from "./start-janitor.ts";

type Options = {
  /** The runtime's own: removed with all that is in it when the runtime is closed, or this process is gone. */
  readonly folder: string;
  /** The built dist/. */
  readonly programs: string;
  readonly network: NodesNetwork;
  readonly ownImage: (name: string) => boolean;
  readonly signal: AbortSignal;
  readonly clock?: Clock;
  /** Only this kind, instead of the best that works. */
  readonly isolation?: Isolation["kind"];
};

/**
 * The container engine of all nodes; finds out what this machine allows. It ends with `signal` or `close`.
 * Programs of our own image are in the pod network by a preload module; shell containers have nothing but their pod's loopback.
 */
export async function createRuntime({
  folder,
  programs,
  network,
  ownImage,
  signal,
  clock = realClock,
  isolation: wanted,
}: Options): Promise<ContainerRuntime & { readonly isolation: Isolation["kind"]; close(): Promise<void> }> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const janitor = startJanitor(resolve(folder));
  const pods = new Set<Sandbox>();
  const machine = await readMachine(folder, programs);
  const common = { folder: resolve(folder), network, pipes: createOutputPipes(join(folder, "pipes")), clock, janitor, ownImage };
  const contextOf = (isolation: Isolation): PodContext => ({ ...common, machine: { isolation, ...machine } });

  const choose = async (): Promise<PodContext> => {
    for (const isolation of await listIsolations()) {
      const context = contextOf(isolation);
      if (wanted === undefined ? isolation.kind === "none" || (await isWorking(isolation, context)) : isolation.kind === wanted) return context;
    }
    throw new Error(`this machine has no isolation of kind ${String(wanted)}`);
  };
  const close = async (): Promise<void> => {
    signal.removeEventListener("abort", onAbort);
    await Promise.allSettled([...pods].map((pod) => pod.close()));
    await janitor.close();
  };
  const onAbort = (): void => void close();
  const context = await choose();
  const { kind } = context.machine.isolation;
  signal.addEventListener("abort", onAbort);
  if (signal.aborted) await close();

  return {
    isolation: kind,
    findImage(name) {
      if (ownImage(name)) return buildOwnImage(name);
      return kind !== "none" && isShellImage(name) ? buildShellImage(name) : undefined;
    },
    explainMissing: (name) => (kind === "none" && isShellImage(name) ? noShells : undefined),
    async openPod(pod) {
      const sandbox = await openSandbox(pod, context);
      pods.add(sandbox);
      return {
        ...sandbox,
        async close() {
          await sandbox.close();
          pods.delete(sandbox);
        },
      };
    },
    close,
  };
}

const noShells = "this machine gives asdic no namespaces (Linux with unshare has them), so the embedded cluster runs no image but asdic's own";
const realClock: Clock = { now: () => new Date() };
