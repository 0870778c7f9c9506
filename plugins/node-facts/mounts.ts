/** A line of /proc/self/mountinfo. */
export type Mount = { readonly path: string; readonly type: string; readonly source: string; readonly readOnly: boolean };

/** The lines of /proc/self/mountinfo (man 5 proc_pid_mountinfo); lines of another form are left out. */
export function parseMounts(mountinfo: string): readonly Mount[] {
  return mountinfo.split("\n").flatMap((line) => {
    const [before, after] = line.split(" - ");
    const path = before?.split(" ")[4];
    const options = before?.split(" ")[5];
    const [type, source] = after?.split(" ") ?? [];
    if (path === undefined || options === undefined || type === undefined || source === undefined) return [];
    return [{ path: unescape(path), type, source: unescape(source), readOnly: options.split(",").includes("ro") }];
  });
}

/** The mount that a path is on; of several on one path the last, which hides the others. */
export function findMount(mounts: readonly Mount[], path: string): Mount | undefined {
  const holds = (mount: Mount): boolean => mount.path === "/" || path === mount.path || path.startsWith(`${mount.path}/`);
  return mounts
    .filter(holds)
    .reduce<Mount | undefined>((best, mount) => (best !== undefined && best.path.length > mount.path.length ? best : mount), undefined);
}

/** The kernel writes space, tab, newline and backslash in octal. */
const unescape = (text: string): string => text.replaceAll(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
