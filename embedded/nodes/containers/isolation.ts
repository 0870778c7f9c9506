import { constants } from "node:fs";
import { access, realpath } from "node:fs/promises";
import { join } from "node:path";

/**
 * How containers are kept apart on this machine. `root`: namespaces made with real rights, users are real.
 * `user`: in a user namespace, where each container sees the user it asked for and all of them are who started asdic. `none`: plain processes.
 */
export type Isolation = ({ readonly kind: "root" | "user" } & Tools) | { readonly kind: "none" };
export type Namespaced = Exclude<Isolation, { readonly kind: "none" }>;

/** The machine's own programs that make namespaces and mounts, by absolute path. */
type Tools = {
  readonly sh: string;
  readonly unshare: string;
  readonly nsenter: string;
  readonly mount: string;
  readonly umount: string;
  readonly pivotRoot: string;
  readonly setpriv: string;
  readonly env: string;
  /** Argv that stands for ip. */
  readonly ip: readonly string[];
  /** Empty if there is none: the container then has the machine's name. */
  readonly hostname: string;
};

/** The kinds worth trying here, best first; whether one works only a container shows. */
export async function listIsolations(): Promise<readonly Isolation[]> {
  const tools = process.platform === "linux" ? await findTools() : undefined;
  if (tools === undefined) return [{ kind: "none" }];
  const user = { kind: "user", ...tools } as const;
  return [...(process.getuid?.() === 0 ? [{ kind: "root", ...tools } as const] : []), user, { kind: "none" }];
}

/** Path of a program of this machine, links followed; undefined if there is none. */
export async function findTool(name: string): Promise<string | undefined> {
  for (const folder of [...(process.env["PATH"] ?? "").split(":"), "/usr/sbin", "/usr/bin", "/sbin", "/bin"]) {
    const path = join(folder || ".", name);
    if (folder.startsWith("/") && (await isExecutable(path))) return realpath(path);
  }
  return undefined;
}

const isExecutable = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );

async function findTools(): Promise<Tools | undefined> {
  const [sh, unshare, nsenter, mount, umount, pivotRoot, setpriv, env, ip, busybox, hostname] = await Promise.all(
    ["sh", "unshare", "nsenter", "mount", "umount", "pivot_root", "setpriv", "env", "ip", "busybox", "hostname"].map(findTool),
  );
  if (!sh || !unshare || !nsenter || !mount || !umount || !pivotRoot || !setpriv || !env || !(ip ?? busybox)) return undefined;
  return { sh, unshare, nsenter, mount, umount, pivotRoot, setpriv, env, ip: ip === undefined ? [busybox ?? "", "ip"] : [ip], hostname: hostname ?? "" };
}
