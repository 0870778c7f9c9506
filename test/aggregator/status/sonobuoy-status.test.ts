import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { buildSonobuoyStatus } from "../../../aggregator/status/build-sonobuoy-status.ts";
import { buildStatus, buildSummary } from "../../../aggregator/status/build-status.ts";
import { createExpectedResults } from "../../../aggregator/state/expected-results.ts";
import { runSummarySchema } from "../../../core/contract/run-status.ts";
import { definePlugin } from "../define-plugin.ts";
import { runSpec } from "../run-spec.ts";

const at = new Date("2026-01-01T00:00:00Z");

function statusOf(nodes: number): Parameters<typeof buildStatus>[0] {
  const results = createExpectedResults(() => at);
  for (let index = 0; index < nodes; index += 1) {
    const result = results.expect("logs", `node-${index}.a-long-domain.example.com`);
    if (index % 2 === 0) results.update(result, { state: "done", resultStatus: "passed", resultCounts: { passed: 2 } });
  }
  results.update(results.expect("e2e", "global"), { state: "failed", problem: { code: "image-pull", message: "no image", hint: "do this" } });
  return {
    spec: runSpec,
    definitions: [definePlugin("e2e", "Job"), definePlugin("logs", "DaemonSet")],
    results,
    progress: { phase: "running", startedAt: at },
    pod: {},
    now: at,
  };
}

describe("the status that Sonobuoy reads", () => {
  it("has a row for each expected result in Sonobuoy's words", () => {
    const status = buildSonobuoyStatus(buildStatus(statusOf(2)));
    assert.deepEqual(status["plugins"], [
      { plugin: "logs", node: "node-0.a-long-domain.example.com", status: "complete", "result-status": "passed", "result-counts": { passed: 2 } },
      { plugin: "logs", node: "node-1.a-long-domain.example.com", status: "running", "result-status": "", "result-counts": null },
      { plugin: "e2e", node: "global", status: "failed", "result-status": "failed", "result-counts": { failed: 1 } },
    ]);
    assert.equal(status["status"], "running");
  });
});

describe("buildSummary", () => {
  it("counts a plugin's own words, even those that every object has", () => {
    const input = statusOf(0);
    const counts = Object.fromEntries(["constructor", "toString", "__proto__"].map((word) => [word, 2]));
    for (const node of ["n1", "n2"])
      input.results.update(input.results.expect("logs", node), { state: "done", resultStatus: "constructor: 2", resultCounts: counts });
    const summary = buildSummary(input);
    assert.deepEqual(
      new Map(Object.entries(summary.plugins[1]?.resultCounts ?? {})),
      new Map([
        ["constructor", 4],
        ["toString", 4],
        ["__proto__", 4],
      ]),
    );
    assert.ok(runSummarySchema.safeParse(JSON.parse(JSON.stringify(summary))).success);
  });

  it("counts states by plugin, names problems, and is what its schema says", () => {
    const summary = buildSummary(statusOf(4));
    assert.deepEqual(
      summary.plugins.map(({ name, expected, states }) => [name, expected, states]),
      [
        ["e2e", 1, { failed: 1 }],
        ["logs", 4, { done: 2, waiting: 2 }],
      ],
    );
    assert.deepEqual(summary.problems, [{ plugin: "e2e", node: "global", code: "image-pull", message: "no image", hint: "do this" }]);
    assert.deepEqual(runSummarySchema.parse(summary), summary);
  });

  it("calls a run incomplete when a result did not come", () => {
    const input = statusOf(2);
    assert.equal(buildSummary({ ...input, progress: { ...input.progress, phase: "complete" } }).outcome, "incomplete");
  });
});
