import { join } from "node:path";
import type { FactGroup } from "../fact-group.ts";
import { NotReadable, readKernelFile } from "../fact-group.ts";

/** Memory and swap of the node, in bytes. */
export const memory: FactGroup = {
  name: "memory",
  read: async ({ proc }) => {
    const sizes = parseSizes(await readKernelFile(join(proc, "meminfo")));
    if (sizes["MemTotal"] === undefined) throw new NotReadable("/proc/meminfo has no MemTotal");
    return {
      facts: {
        totalBytes: sizes["MemTotal"],
        freeBytes: sizes["MemFree"],
        availableBytes: sizes["MemAvailable"],
        swapTotalBytes: sizes["SwapTotal"],
        swapFreeBytes: sizes["SwapFree"],
        hugePagesBytes: sizes["Hugetlb"],
      },
    };
  },
};

/** The kernel writes kB and means 1024 bytes. */
const parseSizes = (meminfo: string): Record<string, number | undefined> =>
  Object.fromEntries([...meminfo.matchAll(/^(\S+):\s+(\d+) kB$/gm)].map(([, name, kibibytes]) => [name, Number(kibibytes) * 1024]));
