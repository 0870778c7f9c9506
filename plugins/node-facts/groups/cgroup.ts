import { join } from "node:path";
import type { FactGroup } from "../fact-group.ts";
import { NotReadable, readIfAllowed, readKernelFile, readKernelNumber } from "../fact-group.ts";
import { parseMounts } from "../mounts.ts";

/** Version of the node's control groups, and the limits of this very container (null: none). */
export const cgroup: FactGroup = {
  name: "cgroup",
  read: async ({ proc, cgroup: root }) => {
    const version = parseVersion(await readKernelFile(join(proc, "self/mountinfo")), root);
    return { facts: { version, containerLimits: version === "v2" ? await readLimits2(root) : await readLimits1(root) } };
  },
};

/** Hybrid set-ups mount both and use v1 for limits. */
function parseVersion(mountinfo: string, root: string): "v1" | "v2" {
  const mounts = parseMounts(mountinfo).filter(({ path }) => path === root || path.startsWith(`${root}/`));
  if (mounts.some(({ type }) => type === "cgroup")) return "v1";
  if (mounts.some(({ type }) => type === "cgroup2")) return "v2";
  throw new NotReadable(`nothing of control groups is mounted at ${root}`);
}

type Limits = { readonly memoryBytes: number | null | undefined; readonly cpus: number | null | undefined; readonly pids: number | null | undefined };

async function readLimits2(root: string): Promise<Limits> {
  const read = (file: string) => readIfAllowed(async () => parseLimit(await readKernelFile(join(root, file))));
  return {
    memoryBytes: await read("memory.max"),
    cpus: await readIfAllowed(async () => {
      const [quota = "", period = ""] = (await readKernelFile(join(root, "cpu.max"))).trim().split(" ");
      return quota === "max" ? null : Number(quota) / Number(period);
    }),
    pids: await read("pids.max"),
  };
}

async function readLimits1(root: string): Promise<Limits> {
  return {
    memoryBytes: await readIfAllowed(async () => {
      const limit = await readKernelNumber(join(root, "memory/memory.limit_in_bytes"));
      // Without a limit v1 says the largest number of whole pages.
      return limit >= 2 ** 62 ? null : limit;
    }),
    cpus: await readIfAllowed(async () => {
      const quota = await readKernelNumber(join(root, "cpu/cpu.cfs_quota_us"));
      return quota < 0 ? null : quota / (await readKernelNumber(join(root, "cpu/cpu.cfs_period_us")));
    }),
    pids: await readIfAllowed(async () => parseLimit(await readKernelFile(join(root, "pids/pids.max")))),
  };
}

const parseLimit = (text: string): number | null => (text.trim() === "max" ? null : Number(text));
