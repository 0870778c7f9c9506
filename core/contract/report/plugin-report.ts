import * as z from "zod";
import { evidencePartSchema } from "./evidence.ts";

/** Leaves of a result tree; failed includes timeout; `other` has unknown and the plugins' own statuses, sorted. */
export const countsSchema = z.object({
  total: z.number(),
  passed: z.number(),
  failed: z.number(),
  skipped: z.number(),
  other: z.record(z.string(), z.number()),
});

const problemSchema = z.object({
  node: z.string(),
  /** An end state of the run's expected results; "unknown" where the tarball doesn't say. */
  state: z.enum(["failed", "lost", "timed-out", "skipped", "unknown"]),
  code: z.string().exactOptional(),
  message: z.string(),
  hint: z.string().exactOptional(),
  /** The facts behind it as they stood: conditions, containers, events. */
  evidence: z.array(evidencePartSchema).exactOptional(),
});

/** A value and the keys that lead to it. */
const factSchema = z.object({ path: z.array(z.string()), value: z.union([z.string(), z.number(), z.boolean(), z.null()]) });

/** A leaf: a test, a file, or a run error. Texts are cut to a bound that they themselves state. */
const caseSchema = z.object({
  name: z.string(),
  kind: z.enum(["test", "run-error"]),
  status: z.string(),
  seconds: z.number().exactOptional(),
  className: z.string().exactOptional(),
  /** Why it was skipped. */
  reason: z.string().exactOptional(),
  failure: z.string().exactOptional(),
  /** What it printed; of a pass only a little. */
  output: z.string().exactOptional(),
  /** What else its details hold: what a plugin found out, as node-facts does. */
  facts: z.array(factSchema).exactOptional(),
  /** There only where the tarball has more facts than these. */
  moreFacts: z.literal(true).exactOptional(),
});

/** Cases that lie side by side in a tree; `path` is what leads there: node, file, suite, as far as there are any. */
const suiteSchema = z.object({
  path: z.array(z.string()),
  node: z.string().exactOptional(),
  counts: countsSchema,
  seconds: z.number().exactOptional(),
  cases: z.array(caseSchema),
});

/** What a report says of one plugin. */
export const pluginReportSchema = z.object({
  name: z.string(),
  /** As in the result tree; "unknown" when the tarball has none. */
  status: z.string(),
  driver: z.enum(["Job", "DaemonSet"]).exactOptional(),
  counts: countsSchema,
  /** Sum of its tests' durations, where they are known; not how long it ran. */
  testSeconds: z.number().exactOptional(),
  /** What should have come and did not, or came broken. */
  problems: z.array(problemSchema),
  /** What was rightly not run or can't be judged: neither a pass nor a failure. */
  notEvaluated: z.array(problemSchema),
  /** Cases that failed or timed out, and where they are; `file` is the path in the tarball. */
  failed: z.array(caseSchema.extend({ path: z.array(z.string()), node: z.string().exactOptional(), file: z.string().exactOptional() })),
  suites: z.array(suiteSchema),
});
