import assert from "node:assert/strict";
import { test } from "node:test";
import { planLimit } from "../../../cli/follow/plan-limit.ts";
import { runExitCode } from "../../../cli/follow/run-exit-code.ts";
import type { PluginStatus, RunSummary } from "../../../core/contract/run-status.ts";
import { plugin } from "../definitions.ts";

const done = (resultStatus: string, resultCounts: Record<string, number>): PluginStatus => plugin({ states: { done: 1 }, resultStatus, resultCounts });
const cases: readonly { readonly what: string; readonly outcome: RunSummary["outcome"]; readonly plugins: readonly PluginStatus[]; readonly code: number }[] = [
  { what: "all passed", outcome: "complete", plugins: [done("passed", { passed: 3 })], code: 0 },
  { what: "all was skipped", outcome: "complete", plugins: [done("skipped", { skipped: 3 }), plugin({ expected: 2, states: { skipped: 2 } })], code: 0 },
  { what: "words of a plugin's own", outcome: "complete", plugins: [done("fine: 3", { fine: 3 })], code: 0 },
  { what: "something failed", outcome: "complete", plugins: [done("passed", { passed: 1 }), done("failed", { passed: 2, failed: 1 })], code: 1 },
  { what: "something failed among words of a plugin's own", outcome: "complete", plugins: [done("failed: 1, fine: 3", { failed: 1, fine: 3 })], code: 1 },
  { what: "something timed out", outcome: "complete", plugins: [done("failed", { timeout: 1 })], code: 1 },
  { what: "something could not be read, beside a failure", outcome: "complete", plugins: [done("unknown", {}), done("failed", { failed: 1 })], code: 4 },
  { what: "not all came, though what came passed", outcome: "incomplete", plugins: [done("passed", { passed: 3 })], code: 4 },
  { what: "the run did not work", outcome: "failed", plugins: [], code: 4 },
];
for (const { what, outcome, plugins, code } of cases)
  test(`a run of which ${what} ends with ${code}`, () => assert.equal(runExitCode({ ...(outcome && { outcome }), plugins: [...plugins] }), code));

test("a run of which all passed ends with 1 where a secret is still in its tarball", () => {
  const leak = { plugin: "", node: "", code: "redaction-leak", message: "found in a.txt" };
  assert.equal(runExitCode({ outcome: "complete", plugins: [done("passed", { passed: 3 })], notes: [leak] }), 1);
  assert.equal(runExitCode({ outcome: "incomplete", plugins: [], notes: [leak] }), 4);
});

const spec = { runId: "abcd1234", createdAt: "2026-01-02T03:00:00.000Z", runTimeoutSeconds: 3600 };
const limits: readonly { readonly what: string; readonly now: string; readonly seconds?: number; readonly limit: number }[] = [
  { what: "as long as was said", now: "2026-01-02T03:30:00.000Z", seconds: 5, limit: 5 },
  { what: "as long as the run may last, and a little", now: "2026-01-02T03:30:00.000Z", limit: 1800 + 1800 },
  { what: "a little for one that should have ended", now: "2026-01-03T00:00:00.000Z", limit: 1800 },
  { what: "no longer by a clock that is behind", now: "2026-01-01T00:00:00.000Z", limit: 3600 + 1800 },
];
for (const { what, now, seconds, limit } of limits)
  test(`a wait is ${what}`, () => assert.equal(planLimit(spec, { now: new Date(now), seconds }).seconds, limit));
