import { globSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";

/** Everything on this machine that has to do with a folder: files in it, processes that name it or have something of it mounted or open, sockets, mounts. */
export function findLeftovers(folder: string): readonly string[] {
  return [
    ...readdirSync(folder).map((name) => `file ${name}`),
    ...lines("/proc/self/mountinfo")
      .filter((line) => line.includes(folder))
      .map((line) => `mount ${line}`),
    ...lines("/proc/net/unix")
      .filter((line) => line.includes(folder))
      .map((line) => `socket ${line}`),
    ...readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid && isTiedTo(folder, name))
      .map((pid) => `process ${pid} ${describe(pid)}`),
  ];
}

/** Folders that lie in memory, and not below the folder, as long as its cluster lives. */
export const findMemoryFolders = (folder: string): readonly string[] => globSync(`${folder}/asdic-*/nodes/*/memory`).map((link) => readlinkSync(link));

/** Resolves when nothing is left, because what a crash leaves takes a moment to go; rejects with what still is there after `seconds`. */
export async function untilNothingIsLeft(folder: string, seconds = 8): Promise<void> {
  for (const end = performance.now() + seconds * 1000; ; await wait(50)) {
    const found = findLeftovers(folder);
    if (found.length === 0) return;
    if (performance.now() > end) throw new Error(`left behind in ${folder}:\n${found.join("\n")}`);
  }
}

/** A process sees the folder in its words, its environment, its mounts or its open files. */
function isTiedTo(folder: string, pid: string): boolean {
  if (["cmdline", "environ", "mountinfo"].some((name) => read(`/proc/${pid}/${name}`).includes(folder))) return true;
  return listLinks(pid).some((link) => link.startsWith(folder));
}

function listLinks(pid: string): readonly string[] {
  const links = [`/proc/${pid}/cwd`, `/proc/${pid}/root`];
  try {
    links.push(...readdirSync(`/proc/${pid}/fd`).map((name) => `/proc/${pid}/fd/${name}`));
  } catch {
    // It has ended, or belongs to somebody else.
  }
  return links.flatMap((link) => {
    try {
      return [readlinkSync(link)];
    } catch {
      return [];
    }
  });
}

const describe = (pid: string): string => `${read(`/proc/${pid}/stat`).split(" ")[2]} ${read(`/proc/${pid}/cmdline`).replaceAll(/\0/g, " ").slice(0, 300)}`;
const lines = (path: string): readonly string[] => read(path).split("\n");

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
