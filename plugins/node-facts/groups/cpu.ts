import os from "node:os";
import { join } from "node:path";
import type { FactGroup } from "../fact-group.ts";
import { NotReadable, readIfAllowed, readKernelFile } from "../fact-group.ts";

/** Processors of the node and its load; `usableByPod` is what this pod's CPU set and limits leave of them. */
export const cpu: FactGroup = {
  name: "cpu",
  read: async ({ proc }) => ({
    facts: {
      ...parseProcessors(await readKernelFile(join(proc, "cpuinfo"))),
      usableByPod: os.availableParallelism(),
      load: await readIfAllowed(async () => parseLoad(await readKernelFile(join(proc, "loadavg")))),
    },
  }),
};

/** ARM kernels name no model, so it may be missing. */
function parseProcessors(cpuinfo: string): { readonly count: number; readonly model?: string } {
  const count = cpuinfo.match(/^processor\s*\d*\s*:/gm)?.length ?? 0;
  if (count === 0) throw new NotReadable("/proc/cpuinfo lists no processor");
  const model = /^model name\s*:\s*(.+)$/m.exec(cpuinfo)?.[1];
  return { count, ...(model === undefined ? {} : { model: model.trim() }) };
}

function parseLoad(loadavg: string): { oneMinute: number; fiveMinutes: number; fifteenMinutes: number; runnableTasks: number; tasks: number } {
  const [, one, five, fifteen, runnable, tasks] = /^([\d.]+) ([\d.]+) ([\d.]+) (\d+)\/(\d+)/.exec(loadavg) ?? [];
  if (tasks === undefined) throw new NotReadable("/proc/loadavg has another form than expected");
  return { oneMinute: Number(one), fiveMinutes: Number(five), fifteenMinutes: Number(fifteen), runnableTasks: Number(runnable), tasks: Number(tasks) };
}
