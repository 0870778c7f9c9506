import * as z from "zod";
import type { JsonObject } from "./json.ts";
import { runDiffSchema } from "./report/run-diff.ts";
import { runReportSchema } from "./report/run-report.ts";
import { waiverFileSchema } from "./report/waiver-file.ts";
import { runStatusSchema, runSummarySchema } from "./run-status.ts";

/** A run whose aggregator has not said anything yet. */
const startingSchema = runSummarySchema.extend({ phase: z.literal("starting") });

/** `asdic version --json`. */
const versionOutputSchema = z.object({
  version: z.string(),
  wireVersion: z.string(),
  node: z.string(),
  /** Left out where there is no cluster that answers; `serverProblem` says why. */
  server: z.string().optional(),
  serverVersion: z.string().optional(),
  serverProblem: z.string().optional(),
});

/** A line of `asdic results --mode detailed`; `details` and `meta` are the plugin's own. */
const resultOutputSchema = z.object({
  name: z.string(),
  status: z.string(),
  meta: z.record(z.string(), z.string()),
  details: z.record(z.string(), z.unknown()).optional(),
});

/** `asdic modes --json`: each mode by its name; exactly one is the default. */
const modesOutputSchema = z.record(
  z.string(),
  z.object({ summary: z.string(), focus: z.string(), skip: z.string(), parallel: z.boolean(), isDefault: z.boolean() }),
);

const preflightProblemSchema = z.object({ severity: z.enum(["error", "warning"]), sentence: z.string(), fix: z.string() });

/** `asdic preflight --json`. */
const preflightOutputSchema = z.object({
  canRun: z.boolean(),
  checks: z.array(
    z.discriminatedUnion("state", [
      z.object({
        code: z.string(),
        state: z.literal("checked"),
        seen: z.string(),
        isUnasked: z.literal(true).optional(),
        problems: z.array(preflightProblemSchema),
      }),
      z.object({ code: z.string(), state: z.literal("not-checked"), reason: z.string() }),
      z.object({ code: z.string(), state: z.literal("skipped") }),
    ]),
  ),
});

/** `asdic plugins list --json`. */
const pluginsOutputSchema = z.array(
  z.object({
    name: z.string(),
    plugin: z.string().optional(),
    from: z.enum(["asdic", "installed", "sonobuoy"]),
    description: z.string().optional(),
    source: z.string().optional(),
    sha256: z.string().optional(),
    problem: z.string().optional(),
  }),
);

/** `asdic plugins lint --json`; `line` and `column` from 1. */
const lintOutputSchema = z.object({
  files: z.number(),
  errors: z.number(),
  warnings: z.number(),
  notes: z.number(),
  findings: z.array(
    z.object({
      code: z.string(),
      severity: z.enum(["error", "warning", "note"]),
      source: z.string(),
      line: z.number().optional(),
      column: z.number().optional(),
      path: z.string(),
      message: z.string(),
      remedy: z.string(),
    }),
  ),
});

/** What each command's JSON holds, by the name of its schema. */
export const outputSchemas = {
  status: z.union([runSummarySchema, startingSchema]),
  "status-all": z.union([runStatusSchema, startingSchema]),
  version: versionOutputSchema,
  preflight: preflightOutputSchema,
  modes: modesOutputSchema,
  plugins: pluginsOutputSchema,
  "plugins-lint": lintOutputSchema,
  result: resultOutputSchema,
  report: runReportSchema,
  diff: runDiffSchema,
  waivers: waiverFileSchema,
} as const;

/** A schema as JSON Schema 2020-12; keys that it does not name may be added by later versions. */
export const buildOutputSchema = (name: keyof typeof outputSchemas): JsonObject => z.toJSONSchema(outputSchemas[name], { io: "input" }) as JsonObject;
