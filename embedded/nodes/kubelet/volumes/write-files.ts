import { createHash } from "node:crypto";
import { chmod, chown, mkdir, readdir, readlink, rename, rm, symlink, unlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { VolumeFile } from "./volume.ts";

/** Whose the files are; what the machine does not let us give away stays ours. */
export type Ownership = { readonly user?: number | undefined; readonly fsGroup?: number | undefined };

/**
 * Makes a folder show exactly these files, all changed at one moment: they lie in a folder of their own, to which `..data` points.
 * Source: k8s.io/kubernetes, pkg/volume/util/atomic_writer.go.
 */
export async function writeFiles(folder: string, files: readonly VolumeFile[], ownership: Ownership): Promise<void> {
  const before = await readlink(join(folder, "..data")).catch(() => undefined);
  const version = `..${formatVersion(files)}`;
  if (before === version) return;
  await mkdir(folder, { recursive: true });
  await allow(folder, 0o1777, ownership);
  const fresh = join(folder, version);
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { mode: 0o755 });
  for (const file of files) await writeOne(fresh, file, ownership);
  await symlink(version, join(folder, "..data_tmp"));
  await rename(join(folder, "..data_tmp"), join(folder, "..data"));
  await linkNames(folder, files);
  if (before !== undefined) await rm(join(folder, before), { recursive: true, force: true });
}

/** A date as on a real node, and a number that is the same for the same files; so nothing is written when nothing changed. */
function formatVersion(files: readonly VolumeFile[]): string {
  const hash = createHash("sha256");
  for (const { path, content, mode } of files) hash.update(`${path}\0${mode}\0${content.length}\0`).update(content);
  return `2026_01_01_00_00_00.${hash.digest().readUIntBE(0, 6)}`;
}

async function writeOne(folder: string, { path, content, mode }: VolumeFile, ownership: Ownership): Promise<void> {
  const target = join(folder, path);
  await mkdir(dirname(target), { recursive: true, mode: 0o755 });
  await writeFile(target, content);
  await allow(target, mode | (ownership.fsGroup === undefined ? 0 : 0o440), ownership);
}

/** The names that people see are links through `..data`, so that one rename changes them all. */
async function linkNames(folder: string, files: readonly VolumeFile[]): Promise<void> {
  const names = new Set(files.map(({ path }) => path.split("/")[0] ?? path));
  for (const name of await readdir(folder)) if (!name.startsWith("..") && !names.has(name)) await unlink(join(folder, name));
  for (const name of names) await symlink(join("..data", name), join(folder, name)).catch(ignoreExisting);
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== "EEXIST") throw error;
}

/** Mode and owner of a file or folder; only root can give a file away, everybody else's processes run as one user anyway. */
export async function allow(path: string, mode: number, { user, fsGroup }: Ownership): Promise<void> {
  await chmod(path, mode);
  if (process.getuid?.() === 0 && (user !== undefined || fsGroup !== undefined)) await chown(path, user ?? 0, fsGroup ?? 0).catch(ignoreRefusal);
}

/** Root of a user namespace knows few users, and root of a container may not have the right. */
function ignoreRefusal(error: NodeJS.ErrnoException): void {
  if (error.code !== "EINVAL" && error.code !== "EPERM") throw error;
}
