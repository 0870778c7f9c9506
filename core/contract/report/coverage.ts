import * as z from "zod";
import type { DeepReadonly } from "../deep-readonly.ts";

/** How much of what a run was to look at it has looked at. */
export const coverageSchema = z.object({
  /** Results that were expected: one a Job plugin, one a node for a DaemonSet plugin. */
  expected: z.number(),
  /** Those that came and can be read, whatever they say. */
  evaluated: z.number(),
  /** The others, by code or state. */
  notEvaluated: z.record(z.string(), z.number()),
  /** Nodes from which a result was expected, and those of which all came. */
  nodes: z.object({ expected: z.number(), covered: z.number() }),
  /** Of the cluster's objects and logs, where a snapshot is in the tarball; `failures` are the first fifty of `failureCount`. */
  snapshot: z
    .object({
      kinds: z.number(),
      objects: z.number(),
      logs: z.number(),
      failureCount: z.number(),
      failures: z.array(z.object({ verb: z.string(), resource: z.string(), namespace: z.string(), code: z.number(), message: z.string() })),
      omissions: z.array(z.object({ what: z.string(), why: z.string(), count: z.number() })),
    })
    .exactOptional(),
});
export type Coverage = DeepReadonly<z.infer<typeof coverageSchema>>;
