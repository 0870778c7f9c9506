import * as z from "zod";
import { resultStates } from "./result-states.ts";

export type ResultState = (typeof resultStates)[number];
const endStates = ["done", "skipped", "failed", "lost", "timed-out"] as const satisfies readonly ResultState[];
export const isEndState = (state: ResultState): boolean => (endStates as readonly ResultState[]).includes(state);

/** Why a result did not come as it should, in one sentence, and what the person can do. `node` is "global" for Job plugins. */
export const problemSchema = z.object({
  plugin: z.string(),
  node: z.string(),
  code: z.string(),
  message: z.string(),
  hint: z.string().optional(),
});
export type Problem = z.infer<typeof problemSchema>;

/** What a plugin says of its progress through port 8099; field names are Sonobuoy's. */
export const progressSchema = z.object({
  name: z.string().optional(),
  node: z.string().optional(),
  timestamp: z.string().optional(),
  msg: z.string().optional(),
  total: z.number().optional(),
  completed: z.number().optional(),
  errors: z.array(z.string()).nullish(),
  failures: z.array(z.string()).nullish(),
});
export type Progress = z.infer<typeof progressSchema>;

/** What plugins post to port 8099 (reference §2.5): a whole state, or an addition to the former one. */
export const progressUpdateSchema = z.object({
  msg: z.string().optional(),
  total: z.number().optional(),
  completed: z.number().optional(),
  errors: z.array(z.string()).nullish(),
  failures: z.array(z.string()).nullish(),
  appendtotals: z.boolean().optional(),
  appendcompleted: z.number().optional(),
  appendfailing: z.array(z.string()).nullish(),
});
export type ProgressUpdate = z.infer<typeof progressUpdateSchema>;

const countsSchema = z.record(z.string(), z.number());

/** One plugin in a summary. `states` counts its expected results by state; `problems` counts those with a problem. */
export const pluginStatusSchema = z.object({
  name: z.string(),
  driver: z.enum(["Job", "DaemonSet"]),
  expected: z.number(),
  states: z.partialRecord(z.enum(resultStates), z.number()),
  /** Of what has come so far: a status of the result tree. */
  resultStatus: z.string().optional(),
  resultCounts: countsSchema.optional(),
  progress: progressSchema.optional(),
});
export type PluginStatus = z.infer<typeof pluginStatusSchema>;

/** Where the finished tarball is and how to check it. `size` in bytes, `sha256` in hex. */
export const tarballStatusSchema = z.object({ name: z.string(), created: z.string(), sha256: z.string(), size: z.number() });
export type TarballStatus = z.infer<typeof tarballStatusSchema>;

/** Bounded: fits an annotation whatever the number of nodes. `problems` holds the first 20. */
export const runSummarySchema = z.object({
  runId: z.string(),
  namespace: z.string(),
  toolVersion: z.string(),
  phase: z.enum(["running", "post-processing", "complete"]),
  /** complete: every expected result came or was rightly skipped; incomplete: some did not; failed: the run itself did not work. */
  outcome: z.enum(["complete", "incomplete", "failed"]).optional(),
  /** Roll-up of all plugins' trees. */
  resultStatus: z.string().optional(),
  startedAt: z.string(),
  updatedAt: z.string(),
  finishedAt: z.string().optional(),
  plugins: z.array(pluginStatusSchema),
  problems: z.array(problemSchema),
  problemCount: z.number(),
  /** What was not as it should be and cost no result, such as a way through the API server instead of the pod network. */
  notes: z.array(problemSchema).optional(),
  tarball: tarballStatusSchema.optional(),
});
export type RunSummary = z.infer<typeof runSummarySchema>;

/** How a worker's result came: over the Service's address, the aggregator pod's own, or through the API server (design D4). */
const ways = ["service", "pod-ip", "exec"] as const;
export type Way = (typeof ways)[number];

/** One expected result. `node` is "global" for Job plugins; `since` is when the state was entered, `startedAt` when it was first seen to run (ISO 8601). */
export const resultStatusSchema = z.object({
  plugin: z.string(),
  node: z.string(),
  state: z.enum(resultStates),
  since: z.string(),
  startedAt: z.string().optional(),
  code: z.string().optional(),
  message: z.string().optional(),
  hint: z.string().optional(),
  resultStatus: z.string().optional(),
  resultCounts: countsSchema.optional(),
  progress: progressSchema.optional(),
  way: z.enum(ways).optional(),
});
export type ResultStatus = z.infer<typeof resultStatusSchema>;

/** Everything, over HTTP and in meta/status.json of the tarball. Over HTTP `results` may be a page, and `next` is then what to ask for as `after`. */
export const runStatusSchema = runSummarySchema.extend({ results: z.array(resultStatusSchema), next: z.string().optional() });
export type RunStatus = z.infer<typeof runStatusSchema>;
