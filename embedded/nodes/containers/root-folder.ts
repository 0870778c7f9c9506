import { chmod, lstat, mkdir, realpath, stat, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Mount } from "../container.ts";
import { flagsOf, readMounts } from "./machine-mounts.ts";

/** A container's root before anything is mounted: files of its own, links, and what is bound over it. */
export type RootPlan = {
  readonly folder: string;
  /** Text by absolute path. */
  readonly files: { readonly [path: string]: string };
  readonly links: { readonly [path: string]: string };
  readonly folders: readonly string[];
  /** In this order; a later one may lie inside an earlier one. */
  readonly mounts: readonly RootMount[];
};

/** `isSingle`: without what is mounted below the source. */
export type RootMount = Mount & { readonly isSingle?: boolean };

/** Writes the folder with all mount points; returns the text of an fstab that mounts the rest. Rejects for a mount point that leads out of the root. */
export async function writeRootFolder({ folder, files, links, folders, mounts }: RootPlan): Promise<string> {
  await Promise.all(folders.map((path) => mkdir(join(folder, path), { recursive: true })));
  await Promise.all(openFolders.map((path) => mkdir(join(folder, path), { recursive: true }).then(() => chmod(join(folder, path), 0o1777))));
  await Promise.all(
    Object.entries(files).map(async ([path, text]) => {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }),
  );
  await Promise.all(Object.entries(links).map(([path, target]) => symlink(target, join(folder, path))));
  const known = await readMounts();
  const lines = [line(folder, folder, "bind")];
  await makeMountPoints(folder, mounts);
  for (const { source, target, readOnly, isSingle = false } of mounts) {
    // A user namespace may not take away what the mount it comes from forbids.
    const flags = readOnly ? ["ro", ...flagsOf(known, await realpath(source))] : [];
    lines.push(line(source, join(folder, target), [isSingle ? "bind" : "rbind", ...flags].join(",")));
  }
  lines.push(
    `proc ${escape(join(folder, "proc"))} proc nosuid,nodev,noexec 0 0`,
    line(join(folder, "proc/sys"), join(folder, "proc/sys"), "bind,ro,nosuid,nodev,noexec"),
  );
  return `${lines.join("\n")}\n`;
}

/** Where everybody may write. */
const openFolders = ["/tmp", "/var/tmp", "/dev/shm"];

/** Where a path of the container is on this machine, before the mounts are made: below the last mount that covers it. */
export function locate(folder: string, mounts: readonly Mount[], path: string): { readonly base: string; readonly rest: string } {
  const covering = mounts.findLast(({ target }) => path === target || path.startsWith(`${target}/`));
  return covering === undefined ? { base: folder, rest: path } : { base: covering.source, rest: path.slice(covering.target.length) };
}

/** Makes an empty file or folder where each mount is to be, inside an earlier mount too. Rejects for one that leads out of the root. */
export async function makeMountPoints(folder: string, mounts: readonly Mount[]): Promise<void> {
  for (const [index, { source, target }] of mounts.entries())
    await makeMountPoint(locate(folder, mounts.slice(0, index), target), (await stat(source)).isDirectory());
}

/** Folder by folder, because a container may have left a link there that leads elsewhere. */
async function makeMountPoint({ base, rest }: { readonly base: string; readonly rest: string }, isFolder: boolean): Promise<void> {
  const parts = rest.split("/").filter((part) => part !== "");
  let path = base;
  for (const [index, part] of parts.entries()) {
    path = join(path, part);
    const found = await lstat(path).catch(() => undefined);
    if (part === ".." || found?.isSymbolicLink()) throw new Error(`mount point ${rest} leads through a link`);
    if (found !== undefined) continue;
    if (index < parts.length - 1 || isFolder) await mkdir(path);
    else await writeFile(path, "");
  }
}

const line = (source: string, target: string, options: string): string => `${escape(source)} ${escape(target)} none ${options} 0 0`;
const escape = (path: string): string => path.replaceAll(/[\s\\#]/g, (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, "0")}`);
