import { mkdir, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { nanosOf } from "../../../../core/kubernetes/quantity.ts";
import type { MountSources } from "./mount-sources.ts";
import type { Volume } from "./volume.ts";
import { allow } from "./write-files.ts";

/** The folder of an emptyDir, open to all; in memory where the machine has such a place. */
export async function openEmptyDir({ context, pod, folder, fsGroup }: MountSources, volume: Volume): Promise<string> {
  const path = locate(folder, context.folders.memory, { volume, uid: pod.metadata.uid });
  await mkdir(path, { recursive: true });
  await allow(path, fsGroup === undefined ? 0o777 : 0o2777, { fsGroup });
  return path;
}

/** The first emptyDir of a pod that holds more than its sizeLimit. */
export async function findOverfull({ context, pod, folder }: Pick<MountSources, "context" | "pod" | "folder">): Promise<Volume | undefined> {
  for (const volume of pod.spec.volumes ?? []) {
    const limit = nanosOf(volume.emptyDir?.sizeLimit) / 1_000_000_000n;
    if (limit === 0n) continue;
    const size = await measure(locate(folder, context.folders.memory, { volume, uid: pod.metadata.uid }));
    if (BigInt(size) > limit) return volume;
  }
  return undefined;
}

const locate = (folder: string, memory: string | undefined, { volume, uid }: { readonly volume: Volume; readonly uid: string }): string =>
  volume.emptyDir?.medium === "Memory" && memory !== undefined ? join(memory, uid, volume.name) : join(folder, "kubernetes.io~empty-dir", volume.name);

/** Bytes in a folder; what vanishes meanwhile counts as nothing. */
async function measure(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  let bytes = 0;
  for (const entry of entries) if (entry.isFile()) bytes += (await stat(join(entry.parentPath, entry.name)).catch(() => undefined))?.size ?? 0;
  return bytes;
}
