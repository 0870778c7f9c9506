import { join } from "node:path";
import { findOverfull } from "../volumes/empty-dir.ts";
import type { PodHandle } from "./pod-handle.ts";

/** Ends a pod whose activeDeadlineSeconds are over; the milliseconds that are left otherwise. */
export function enforceDeadline(handle: PodHandle): number {
  const { record, context } = handle;
  const { activeDeadlineSeconds } = handle.pod().spec;
  if (activeDeadlineSeconds === undefined || record.startTime === undefined || handle.isEnding()) return Infinity;
  const left = Date.parse(record.startTime) + activeDeadlineSeconds * 1000 - context.clock.now().getTime();
  if (left > 0) return left;
  const message = "Pod was active on the node longer than the specified deadline";
  record.ended = { reason: "DeadlineExceeded", message, isDisruption: false };
  handle.tell({ type: "Normal", reason: "DeadlineExceeded", message });
  return Infinity;
}

/** Evicts a pod whose emptyDir has outgrown its sizeLimit; in how many milliseconds to look again. */
export async function enforceSizes({ context, record, pod }: PodHandle, evict: (reason: string, message: string) => void): Promise<number> {
  const { volumes = [] } = pod().spec;
  if (!volumes.some(({ emptyDir }) => emptyDir?.sizeLimit !== undefined)) return Infinity;
  const volume = await findOverfull({ context, pod: pod(), folder: join(context.folders.pods, record.uid, "volumes") });
  if (volume !== undefined) {
    const limit = JSON.stringify(String(volume.emptyDir?.sizeLimit));
    evict("Evicted", `Usage of EmptyDir volume ${JSON.stringify(volume.name)} exceeds the limit ${limit}. `);
  }
  return context.timing.retry;
}
