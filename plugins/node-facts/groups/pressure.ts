import { join } from "node:path";
import type { JsonObject } from "../../../core/contract/json.ts";
import type { FactGroup } from "../fact-group.ts";
import { readKernelFile } from "../fact-group.ts";

/** Share of time, in percent, in which tasks of the node waited for CPU, memory or disks (kernel's PSI). */
export const pressure: FactGroup = {
  name: "pressure",
  read: async ({ proc }) => {
    const resources = ["cpu", "memory", "io"] as const;
    const texts = await Promise.all(resources.map((resource) => readKernelFile(join(proc, "pressure", resource))));
    return { facts: Object.fromEntries(resources.map((resource, index) => [resource, parsePressure(texts[index] ?? "")])) };
  },
};

const parsePressure = (text: string): JsonObject =>
  Object.fromEntries(
    [...text.matchAll(/^(some|full) avg10=([\d.]+) avg60=([\d.]+) avg300=([\d.]+)/gm)].map(([, who = "", ten, sixty, threeHundred]) => [
      who,
      { last10Seconds: Number(ten), last60Seconds: Number(sixty), last300Seconds: Number(threeHundred) },
    ]),
  );
