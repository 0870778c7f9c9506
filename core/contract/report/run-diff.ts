import * as z from "zod";
import type { DeepReadonly } from "../deep-readonly.ts";
import { findingStatuses, severities } from "./finding-words.ts";
import { findingSchema } from "./finding.ts";
import { countsSchema } from "./plugin-report.ts";

/** It rises when a key changes its meaning or goes, not when one is added. */
export const diffSchemaVersion = 1;

/** In the order in which to look at them. worse: it warned and fails now, or is more severe; better: the other way round. */
export const changeKinds = ["new", "worse", "fixed", "better", "unchanged", "incomparable"] as const;

const sideSchema = z.object({
  tarball: z.string(),
  outcome: z.enum(["passed", "failed", "incomplete"]),
  tool: z.string(),
  serverVersion: z.string().exactOptional(),
  startedAt: z.string().exactOptional(),
  counts: countsSchema,
});

const standingSchema = z.object({ status: z.enum(findingStatuses), severity: z.enum(severities), message: z.string() });
const reasonSchema = z.object({ code: z.string(), message: z.string() });

const changeSchema = z.object({
  kind: z.enum(changeKinds),
  /** Of the finding in the later run, else in the earlier one; the same in its report. */
  fingerprint: z.string(),
  id: z.string(),
  title: z.string(),
  /** "" where it is of the run as a whole. */
  plugin: z.string(),
  node: z.string().exactOptional(),
  severity: z.enum(severities),
  /** How it stood in the earlier run and in the later one; left out where it is not in that one. */
  before: standingSchema.exactOptional(),
  after: standingSchema.exactOptional(),
  /** Why it can't be compared. */
  reason: reasonSchema.exactOptional(),
  remediation: findingSchema.shape.remediation,
  waiver: findingSchema.shape.waiver,
  /** Where in the tarball it is from. */
  file: z.string().exactOptional(),
});

/** Tests of which none failed, and which only one of the runs has evaluated; `lacking` is the other one. */
const gapSchema = z.object({
  plugin: z.string(),
  lacking: z.enum(["before", "after"]),
  reason: reasonSchema,
  count: z.number(),
  /** Names of the first few. */
  examples: z.array(z.string()),
});

const changeCount = z.number();

/** `asdic diff --format json`: how a run differs from an earlier one. All strings are hostile as they are. */
export const runDiffSchema = z.object({
  schemaVersion: z.literal(diffSchemaVersion),
  before: sideSchema,
  after: sideSchema,
  /** worse: something is new or worse. better: nothing is, and something was fixed or is better. same: neither. incomparable: nothing is in both. */
  verdict: z.enum(["worse", "better", "same", "incomparable"]),
  /** Of all changes; incomparable has those of `gaps` too. */
  counts: z.object({
    new: changeCount,
    worse: changeCount,
    fixed: changeCount,
    better: changeCount,
    unchanged: changeCount,
    incomparable: changeCount,
    /** What passed in both. */
    passing: changeCount,
  }),
  /** By kind, then in the order of the reports; `beyond` more are left out. */
  changes: z.array(changeSchema),
  beyond: z.number(),
  gaps: z.array(gapSchema),
  /** What makes the runs hard to compare as a whole. */
  notes: z.array(reasonSchema),
});

export type RunDiff = DeepReadonly<z.infer<typeof runDiffSchema>>;
export type Change = RunDiff["changes"][number];
export type ChangeKind = Change["kind"];
export type Gap = RunDiff["gaps"][number];
