import { execFile } from "node:child_process";
import { access, chmod, copyFile, mkdir, symlink } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import type { Isolation } from "./isolation.ts";
import { findTool } from "./isolation.ts";
import { isBelow, readMounts } from "./machine-mounts.ts";
import type { RootMount } from "./root-folder.ts";

/** What of this machine every container sees. */
export type Machine = {
  readonly isolation: Isolation;
  /** The built dist/. */
  readonly programs: string;
  /** Folder with busybox and a link for each of its applets; undefined where there is no busybox. */
  readonly applets: string | undefined;
  /** Shared libraries and what lies beside them. */
  readonly libraries: readonly string[];
  /** /sys, which real root must not be able to write to. */
  readonly kernelFolders: { readonly root: readonly RootMount[]; readonly user: readonly RootMount[] };
};

/** Looks at the machine once; `folder` is to hold what is made of its busybox. */
export async function readMachine(folder: string, programs: string): Promise<Omit<Machine, "isolation">> {
  const [applets, libraries, kernelFolders] = await Promise.all([
    writeApplets(join(folder, "busybox")),
    keepExisting(["/lib", "/lib64", "/lib32", "/usr/lib", "/usr/lib64", "/usr/lib32"]),
    findKernelFolders(),
  ]);
  return { programs: resolve(programs), applets, libraries, kernelFolders };
}

async function keepExisting(paths: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(
    paths.map((path) =>
      access(path).then(
        () => path,
        () => undefined,
      ),
    ),
  );
  return found.filter((path) => path !== undefined);
}

/** A read-only mount leaves what is mounted below it as it is, so each is mounted for itself; a user namespace may only take all together, and its users can write nothing. */
async function findKernelFolders(): Promise<Machine["kernelFolders"]> {
  const [present] = await keepExisting(["/sys"]);
  if (present === undefined) return { root: [], user: [] };
  const below = new Set((await readMounts()).map(({ at }) => at).filter((at) => isBelow(at, "/sys/fs/cgroup")));
  return {
    root: [present, ...below].map((path) => ({ source: path, target: path, readOnly: true, isSingle: true })),
    user: [{ source: present, target: present, readOnly: true }],
  };
}

/** A folder that makes this machine's busybox what it is in an image: a link for each applet. */
async function writeApplets(folder: string): Promise<string | undefined> {
  const busybox = await findTool("busybox");
  if (busybox === undefined) return undefined;
  const { stdout } = await promisify(execFile)(busybox, ["--list"]).catch(() => ({ stdout: "" }));
  if (stdout === "") return undefined;
  await mkdir(folder, { recursive: true });
  await copyFile(busybox, join(folder, "busybox"));
  await chmod(join(folder, "busybox"), 0o755);
  const applets = stdout.split("\n").filter((applet) => applet !== "" && applet !== "busybox" && !applet.includes("/"));
  await Promise.all(applets.map((applet) => symlink("busybox", join(folder, applet))));
  return resolve(folder);
}
