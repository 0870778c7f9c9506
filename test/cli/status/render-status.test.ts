import assert from "node:assert/strict";
import { test } from "node:test";
import { renderFullStatus } from "../../../cli/status/render-full-status.ts";
import { renderResults, renderStatus, renderTrouble } from "../../../cli/status/render-status.ts";
import type { RunStatus, RunSummary } from "../../../core/contract/run-status.ts";
import { assertGolden } from "../../golden.ts";
import { plugin, summary } from "../definitions.ts";

const now = new Date("2026-01-02T03:06:10.900Z");
const problem = {
  plugin: "every",
  node: "worker-2",
  code: "node-not-ready",
  message: "Node worker-2 is not ready \u001B[2J",
  hint: "Look at it with `kubectl describe node worker-2`.",
};
const every = plugin({
  name: "every",
  driver: "DaemonSet",
  expected: 3,
  states: { done: 1, running: 1, lost: 1 },
  resultStatus: "passed",
  resultCounts: { passed: 9, warned: 2 },
});
const runs: Record<string, RunSummary> = {
  running: summary({
    plugins: [plugin({ progress: { total: 5, completed: 1, msg: "reads logs" } }), every, plugin({ name: "later", expected: 0, states: {} })],
    problems: [problem],
    problemCount: 4,
  }),
  gathering: summary({ phase: "post-processing", plugins: [plugin({ states: { done: 1 } })] }),
  complete: summary({
    phase: "complete",
    outcome: "complete",
    finishedAt: "2026-01-02T03:05:05.000Z",
    plugins: [plugin({ states: { done: 1 }, resultStatus: "failed", resultCounts: { passed: 4, failed: 1 } })],
    tarball: { name: "a.tar.gz", created: "x", sha256: "y", size: 1 },
  }),
  incomplete: summary({ phase: "complete", outcome: "incomplete", finishedAt: "2026-01-02T03:05:05.000Z", plugins: [plugin({ states: { lost: 1 } })] }),
};
for (const [name, run] of Object.entries(runs))
  test(`status of a run: ${name}`, () => assertGolden(`cli/status/${name}.txt`, `${renderStatus(run, now, { columns: 100 }).join("\n")}\n`));

test("status with all expected results", () => {
  const status: RunStatus = {
    ...summary(),
    results: [
      { plugin: "smoke", node: "global", state: "running", since: "x", progress: { total: 5, completed: 1 } },
      { plugin: "every", node: "worker-1", state: "done", since: "x", resultStatus: "passed", resultCounts: { passed: 9 } },
      { ...problem, state: "lost", since: "x" },
    ],
  };
  assertGolden("cli/status/all.txt", `${renderFullStatus(status, now, { columns: 100 }).join("\n")}\n`);
});

test("what is wrong with the aggregator is a line and a remedy", () => {
  assert.deepEqual(renderTrouble({ code: "crashed", message: "It\u001B[2J\nended", hint: "See why." }), ["problem: It\\u{1b}[2J ended", "  See why."]);
});

for (const name of ["complete", "incomplete"])
  test(`results at the end: ${name}`, () =>
    assertGolden(
      `cli/results/${name}.txt`,
      `${renderResults(runs[name] ?? summary(), { columns: 100, paint: (look, text) => `<${look}>${text}` }).join("\n")}\n`,
    ));
