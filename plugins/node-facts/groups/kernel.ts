import os from "node:os";
import { join } from "node:path";
import type { FactGroup } from "../fact-group.ts";
import { NotReadable, parseKernelNumber, readKernelFile } from "../fact-group.ts";

/** Kernel and how long it has been running; the operating system around it is not visible from a pod and not told. */
export const kernel: FactGroup = {
  name: "kernel",
  read: async ({ proc }) => {
    const [version, stat, uptime] = await Promise.all(["version", "stat", "uptime"].map((file) => readKernelFile(join(proc, file))));
    return {
      facts: {
        release: os.release(),
        version: version?.trim(),
        architecture: os.machine(),
        bootTime: parseBootTime(stat ?? "").toISOString(),
        uptimeSeconds: parseKernelNumber(uptime?.split(" ")[0], "/proc/uptime"),
      },
    };
  },
};

function parseBootTime(stat: string): Date {
  const seconds = /^btime (\d+)$/m.exec(stat)?.[1];
  if (seconds === undefined) throw new NotReadable("/proc/stat has no boot time");
  return new Date(Number(seconds) * 1000);
}
