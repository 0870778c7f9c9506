import type { Stats } from "node:fs";
import { mkdir, realpath, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { MountError } from "./mount-error.ts";
import { isInside } from "./is-inside.ts";

/**
 * The place below the node's own root that a hostPath names, checked and made as its type asks. Rejects with MountError; nothing outside that root is ever reached.
 * Source: k8s.io/kubernetes, pkg/volume/hostpath/host_path.go.
 */
export async function openHostPath(root: string, path: string, type: string): Promise<string> {
  const target = join(root, path);
  if (!(await isInside(root, target))) throw new MountError(`hostPath type check failed: ${path} leads out of the node`);
  await createIfWanted(target, type);
  const real = await realpath(target).catch(() => undefined);
  const found = real === undefined ? undefined : await stat(real);
  const kind = kinds[type];
  if (kind !== undefined && (found === undefined || !kind.is(found))) throw new MountError(`hostPath type check failed: ${path} is not a ${kind.name}`);
  return real ?? target;
}

async function createIfWanted(target: string, type: string): Promise<void> {
  // Without a type nothing is checked, and the container engine makes a folder of what is missing.
  if (type === "DirectoryOrCreate" || type === "") await mkdir(target, { recursive: true, mode: 0o755 }).catch(ignoreExisting);
  if (type === "FileOrCreate") await writeFile(target, "", { flag: "wx", mode: 0o644 }).catch(ignoreExisting);
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== "EEXIST" && error.code !== "ENOENT" && error.code !== "ENOTDIR") throw error;
}

const kinds: { readonly [type: string]: { readonly name: string; readonly is: (stats: Stats) => boolean } } = {
  Directory: { name: "directory", is: (stats) => stats.isDirectory() },
  DirectoryOrCreate: { name: "directory", is: (stats) => stats.isDirectory() },
  File: { name: "file", is: (stats) => stats.isFile() },
  FileOrCreate: { name: "file", is: (stats) => stats.isFile() },
  Socket: { name: "socket file", is: (stats) => stats.isSocket() },
  CharDevice: { name: "character device", is: (stats) => stats.isCharacterDevice() },
  BlockDevice: { name: "block device", is: (stats) => stats.isBlockDevice() },
};
