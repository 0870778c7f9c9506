import { readFile } from "node:fs/promises";

/** Something mounted on this machine: where, and the flags of the mount. */
export type MachineMount = { readonly at: string; readonly flags: readonly string[] };

/** What is mounted, in the order in which it was; empty where the system does not say. */
export async function readMounts(): Promise<readonly MachineMount[]> {
  const text = await readFile("/proc/self/mountinfo", "utf8").catch(() => "");
  return text.split("\n").flatMap((entry) => {
    const [, , , , at, options] = entry.split(" ");
    if (at === undefined || options === undefined) return [];
    return [{ at: at.replaceAll(/\\(\d{3})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 8))), flags: options.split(",") }];
  });
}

/** What the mount that a path lies on forbids: a user namespace may not take it away. */
export function flagsOf(mounts: readonly MachineMount[], path: string): readonly string[] {
  const covering = mounts.filter(({ at }) => isBelow(path, at)).toSorted((left, right) => left.at.length - right.at.length);
  const flags = covering.at(-1)?.flags ?? [];
  return ["nosuid", "nodev", "noexec", "noatime", "nodiratime", "relatime"].filter((flag) => flags.includes(flag));
}

export const isBelow = (path: string, folder: string): boolean => folder === "/" || path === folder || path.startsWith(`${folder}/`);
