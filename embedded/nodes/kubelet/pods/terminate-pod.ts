import { join } from "node:path";
import { killContainer } from "../containers/kill-container.ts";
import { removeTree } from "../remove-tree.ts";
import type { PodHandle } from "./pod-handle.ts";
import type { ContainerRecord } from "./pod-record.ts";
import { isRunning } from "./pod-record.ts";
import { writeStatus } from "./write-status.ts";

/** Ends all that runs of a pod, sidecars last, and takes away what its containers shared. Its logs stay until the pod is deleted. */
export async function terminatePod(handle: PodHandle, graceSeconds: () => number): Promise<void> {
  const { record, context } = handle;
  const begun = performance.now();
  // Sidecars share the grace of the containers that they served.
  const rest = (): number => graceSeconds() - (performance.now() - begun) / context.timing.second;
  const kill = (one: ContainerRecord): Promise<void> => killContainer(handle, one, { graceSeconds: rest });
  await Promise.all(record.containers.filter((one) => one.kind !== "sidecar" && isRunning(one)).map(kill));
  for (const one of record.containers.filter(({ kind }) => kind === "sidecar").toReversed()) if (isRunning(one)) await kill(one);
  await settle(handle);
  if (handle.signal.aborted) return;
  writeStatus(handle);
  await handle.sandbox?.close();
  handle.sandbox = undefined;
  record.isOpen = false;
  record.isOver = true;
  if (handle.signal.aborted) return;
  for (const folder of [join(context.folders.pods, record.uid), ...(context.folders.memory === undefined ? [] : [join(context.folders.memory, record.uid)])])
    await removeTree(folder).catch(() => undefined);
  writeStatus(handle);
}

/** A process that has ended is written down a moment later, when its last words are read. */
async function settle({ record, signal }: PodHandle): Promise<void> {
  while (!signal.aborted && record.containers.some(isRunning)) await new Promise((resolve) => setImmediate(resolve));
}
