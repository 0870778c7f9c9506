import * as z from "zod";
import { resultStatusSchema } from "./run-status.ts";

/** `asdic report --format json`: a run as data, made from its tarball. */
export const reportOutputSchema = z.lazy(() =>
  z.object({
    schemaVersion: z.literal(1),
    tarball: z.string(),
    outcome: z.enum(["passed", "failed", "incomplete"]),
    run: runSchema,
    counts: countsSchema,
    plugins: z.array(pluginSchema),
  }),
);

const healthSchema = z.object({ healthy: z.number(), total: z.number() });

const runSchema = z.object({
  tool: z.object({ name: z.enum(["asdic", "sonobuoy"]), version: z.string().optional() }),
  id: z.string().optional(),
  namespace: z.string().optional(),
  serverVersion: z.string().optional(),
  startedAt: z.string().optional(),
  finishedAt: z.string().optional(),
  durationSeconds: z.number().optional(),
  notes: z.array(z.object({ code: z.string(), message: z.string(), hint: z.string() })).optional(),
  otherWays: z.array(z.object({ plugin: z.string(), node: z.string(), way: resultStatusSchema.shape.way.unwrap() })).optional(),
  nodes: healthSchema.optional(),
  pods: healthSchema.optional(),
});

const countsSchema = z.object({ total: z.number(), passed: z.number(), failed: z.number(), skipped: z.number(), other: z.record(z.string(), z.number()) });

const problemSchema = z.object({
  node: z.string(),
  state: z.enum(["failed", "lost", "timed-out", "skipped", "unknown"]),
  code: z.string().optional(),
  message: z.string(),
  hint: z.string().optional(),
  evidence: z.array(z.object({ label: z.string(), lines: z.array(z.string()) })).optional(),
});

const factSchema = z.object({ path: z.array(z.string()), value: z.union([z.string(), z.number(), z.boolean(), z.null()]) });

const caseSchema = z.object({
  name: z.string(),
  kind: z.enum(["test", "run-error"]),
  status: z.string(),
  seconds: z.number().optional(),
  className: z.string().optional(),
  reason: z.string().optional(),
  failure: z.string().optional(),
  output: z.string().optional(),
  facts: z.array(factSchema).optional(),
  moreFacts: z.literal(true).optional(),
});

const suiteSchema = z.object({
  path: z.array(z.string()),
  node: z.string().optional(),
  counts: countsSchema,
  seconds: z.number().optional(),
  cases: z.array(caseSchema),
});

const pluginSchema = z.object({
  name: z.string(),
  status: z.string(),
  driver: z.enum(["Job", "DaemonSet"]).optional(),
  counts: countsSchema,
  testSeconds: z.number().optional(),
  problems: z.array(problemSchema),
  notEvaluated: z.array(problemSchema),
  failed: z.array(caseSchema.extend({ path: z.array(z.string()), node: z.string().optional(), file: z.string().optional() })),
  suites: z.array(suiteSchema),
});
