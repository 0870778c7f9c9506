import { join } from "node:path";
import type { FactGroup } from "../fact-group.ts";
import { readKernelNumber } from "../fact-group.ts";

/** Random bits that the kernel has at hand; from Linux 5.18 on always 256. */
export const entropy: FactGroup = {
  name: "entropy",
  read: async ({ proc }) => ({
    facts: {
      availableBits: await readKernelNumber(join(proc, "sys/kernel/random/entropy_avail")),
      poolBits: await readKernelNumber(join(proc, "sys/kernel/random/poolsize")),
    },
  }),
};
