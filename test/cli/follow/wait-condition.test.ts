import assert from "node:assert/strict";
import { test } from "node:test";
import { parseWaitCondition } from "../../../cli/follow/wait-condition.ts";
import type { RunSummary } from "../../../core/contract/run-status.ts";
import { plugin, summary } from "../definitions.ts";

const running = plugin({ name: "slow" });
const passed = plugin({ states: { done: 1 }, resultStatus: "passed", resultCounts: { passed: 3 } });
const failed = plugin({ states: { done: 1 }, resultStatus: "failed", resultCounts: { passed: 3, failed: 1 } });
const lost = plugin({ driver: "DaemonSet", expected: 2, states: { done: 1, lost: 1 }, resultStatus: "passed", resultCounts: { passed: 1 } });
const complete = { phase: "complete", outcome: "complete" } as const;

const cases: readonly { readonly for: string; readonly what: string; readonly run: Partial<RunSummary>; readonly code: number | undefined }[] = [
  { for: "complete", what: "a run that goes on", run: { plugins: [passed, running] }, code: undefined },
  { for: "complete", what: "a run that is being packed", run: { phase: "post-processing", plugins: [passed] }, code: undefined },
  { for: "complete", what: "a run that passed", run: { ...complete, plugins: [passed] }, code: 0 },
  { for: "complete", what: "a run of which something failed", run: { ...complete, plugins: [failed] }, code: 1 },
  { for: "complete", what: "a run that is incomplete", run: { phase: "complete", outcome: "incomplete", plugins: [lost] }, code: 4 },
  { for: "plugins-ended", what: "a run that goes on", run: { plugins: [passed, running] }, code: undefined },
  { for: "plugins-ended", what: "a run that is being packed", run: { phase: "post-processing", plugins: [passed] }, code: 0 },
  { for: "plugins-ended", what: "a run that is being packed, of which a result is lost", run: { phase: "post-processing", plugins: [lost] }, code: 4 },
  { for: "plugin=smoke", what: "a plugin that passed while others go on", run: { plugins: [passed, running] }, code: 0 },
  { for: "plugin=smoke", what: "a plugin that failed", run: { plugins: [failed, running] }, code: 1 },
  { for: "plugin=smoke", what: "a plugin of which a node is lost", run: { plugins: [lost, running] }, code: 4 },
  { for: "plugin=slow", what: "a plugin that goes on", run: { plugins: [passed, running] }, code: undefined },
  {
    for: "plugin=slow",
    what: "a plugin that no result is expected of yet",
    run: { plugins: [plugin({ name: "slow", expected: 0, states: {} })] },
    code: undefined,
  },
  { for: "plugin=smoke", what: "another plugin's failure", run: { plugins: [passed, { ...failed, name: "slow" }] }, code: 0 },
  { for: "first-failure", what: "nothing that failed yet", run: { plugins: [passed, running] }, code: undefined },
  { for: "first-failure", what: "a plugin that failed while others go on", run: { plugins: [failed, running] }, code: 1 },
  {
    for: "first-failure",
    what: "a test that failed in a plugin that goes on",
    run: { plugins: [{ ...running, progress: { failures: ["a test"] } }] },
    code: 1,
  },
  { for: "first-failure", what: "a node that is lost while others go on", run: { plugins: [lost, running] }, code: 4 },
  { for: "first-failure", what: "a run that passed", run: { ...complete, plugins: [passed] }, code: 0 },
];
for (const { for: condition, what, run, code } of cases)
  test(`waiting for ${condition}, ${what} ${code === undefined ? "is waited on" : `ends it with ${code}`}`, () => {
    assert.equal(parseWaitCondition(condition, ["smoke", "slow"])(summary(run)), code);
  });

for (const [condition, code] of [
  ["", "wrong-usage"],
  ["Complete", "wrong-usage"],
  ["plugin", "wrong-usage"],
  ["plugin=", "unknown-plugin"],
  ["plugin=other\u001b[2J", "unknown-plugin"],
] as const)
  test(`${JSON.stringify(condition)} is nothing to wait for`, () => {
    assert.throws(
      () => parseWaitCondition(condition, ["smoke"]),
      (error: { code?: string; exitCode?: number; hint?: string }) => error.code === code && error.exitCode === 2 && (error.hint ?? "").length > 10,
    );
  });
