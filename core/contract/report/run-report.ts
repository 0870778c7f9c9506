import * as z from "zod";
import type { DeepReadonly } from "../deep-readonly.ts";
import { resultStatusSchema } from "../run-status.ts";
import { coverageSchema } from "./coverage.ts";
import { findingCountsSchema } from "./finding-counts.ts";
import { findingSchema } from "./finding.ts";
import { matrixSchema } from "./matrix.ts";
import { countsSchema, pluginReportSchema } from "./plugin-report.ts";
import { provenanceSchema } from "./provenance.ts";
import { redactionSchema } from "./redaction.ts";
import { runDiffSchema } from "./run-diff.ts";
import { timelineSchema } from "./timeline.ts";
import { waiverUseSchema } from "./waiver-use.ts";

/** It rises when a key changes its meaning or goes, not when one is added. */
export const reportSchemaVersion = 2;

const healthSchema = z.object({ healthy: z.number(), total: z.number() });

/** What is known of a run; times are ISO 8601, as they stand in the tarball. */
const runSchema = z.object({
  tool: z.object({ name: z.enum(["asdic", "sonobuoy"]), version: z.string().exactOptional() }),
  id: z.string().exactOptional(),
  namespace: z.string().exactOptional(),
  /** Of the namespace, so that what is made of a report can go with the run. */
  namespaceUid: z.string().exactOptional(),
  serverVersion: z.string().exactOptional(),
  startedAt: z.string().exactOptional(),
  finishedAt: z.string().exactOptional(),
  durationSeconds: z.number().exactOptional(),
  /** What was not as it should be and cost no result; `hint` may be empty. */
  notes: z.array(z.object({ code: z.string(), message: z.string(), hint: z.string() })).exactOptional(),
  /** Results that came otherwise than over the aggregator's Service. */
  otherWays: z.array(z.object({ plugin: z.string(), node: z.string(), way: resultStatusSchema.shape.way.unwrap() })).exactOptional(),
  nodes: healthSchema.exactOptional(),
  pods: healthSchema.exactOptional(),
});

/** `asdic report --format json`: a run as plain data, made from its tarball alone; every format is a projection of it. All strings are hostile as they are. */
export const runReportSchema = z.object({
  schemaVersion: z.literal(reportSchemaVersion),
  /** Base name of the file. */
  tarball: z.string(),
  /** passed: all came, nothing failed. failed: all came, something failed. incomplete: something that was expected is not there. */
  outcome: z.enum(["passed", "failed", "incomplete"]),
  run: runSchema,
  /** Of all plugins. */
  counts: countsSchema,
  findingCounts: findingCountsSchema,
  /** All that is not simply a pass, in the order in which to look at it. */
  findings: z.array(findingSchema),
  coverage: coverageSchema,
  redaction: redactionSchema,
  provenance: provenanceSchema,
  timeline: timelineSchema,
  matrix: matrixSchema,
  /** There where an earlier run was given to compare with. */
  diff: runDiffSchema.exactOptional(),
  /** There where waivers were given. */
  waivers: z.array(waiverUseSchema).exactOptional(),
  plugins: z.array(pluginReportSchema),
});
export type RunReport = DeepReadonly<z.infer<typeof runReportSchema>>;
