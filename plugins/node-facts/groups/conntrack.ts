import { join } from "node:path";
import type { FactGroup } from "../fact-group.ts";
import { readIfAllowed, readKernelNumber } from "../fact-group.ts";

/** The node's limit of tracked connections; how many are in use is told for the pod's own network only, which is all it sees. */
export const conntrack: FactGroup = {
  name: "conntrack",
  read: async ({ proc }) => ({
    facts: {
      limit: await readKernelNumber(join(proc, "sys/net/netfilter/nf_conntrack_max")),
      usedInPodNetwork: await readIfAllowed(() => readKernelNumber(join(proc, "sys/net/netfilter/nf_conntrack_count"))),
    },
  }),
};
