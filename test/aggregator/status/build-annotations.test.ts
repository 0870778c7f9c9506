import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { buildAnnotations } from "../../../aggregator/status/build-annotations.ts";
import { buildStatus } from "../../../aggregator/status/build-status.ts";
import { createExpectedResults } from "../../../aggregator/state/expected-results.ts";
import type { ExpectedResult } from "../../../aggregator/state/expected-results.ts";
import { annotations } from "../../../core/contract/names.ts";
import type { RunStatus } from "../../../core/contract/run-status.ts";
import { runSummarySchema } from "../../../core/contract/run-status.ts";
import { definePlugin } from "../define-plugin.ts";
import { runSpec } from "../run-spec.ts";

const at = new Date("2026-01-01T00:00:00Z");

/** As long as Kubernetes lets it be. */
const longName = (prefix: string, index: number): string => `${prefix}-${String(index).padStart(5, "0")}-`.padEnd(253, "x");

type Change = (index: number) => Partial<Omit<ExpectedResult, "plugin" | "node" | "since">>;

function statusOf(plugins: readonly string[], nodes: number, change: Change): RunStatus {
  const results = createExpectedResults(() => at);
  for (const plugin of plugins) for (let index = 0; index < nodes; index += 1) results.update(results.expect(plugin, longName("node", index)), change(index));
  const definitions = plugins.map((name) => definePlugin(name, "DaemonSet"));
  return buildStatus({ spec: runSpec, definitions, results, progress: { phase: "running", startedAt: at }, pod: {}, now: at });
}

const two = ["p".repeat(30), "q".repeat(30)];
const problem = { code: "node-not-ready", message: "é".repeat(5000), hint: "ü".repeat(5000) };
const words = (text: string, count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`${text}-${index}`.padEnd(60, "w"), 1]));

const cases: readonly (readonly [what: string, status: RunStatus])[] = [
  ["nothing has come", statusOf(two, 5000, () => ({}))],
  ["all has come", statusOf(two, 5000, () => ({ state: "done", resultStatus: "passed", resultCounts: { passed: 2 } }))],
  ["everything is lost, with the longest sentences", statusOf(two, 5000, () => ({ state: "lost", problem }))],
  [
    "each result has a word of its own",
    statusOf(two, 5000, (index) => ({ state: "done", resultStatus: `word-${index}`, resultCounts: words(`word-${index}`, 3) })),
  ],
  [
    "each plugin tells much of its progress",
    statusOf(two, 5000, () => ({
      progress: { msg: "m".repeat(20_000), failures: Array.from({ length: 100 }, () => "f".repeat(600)), total: 5, completed: 1 },
    })),
  ],
  [
    "there are 300 plugins, and the last one fails",
    statusOf(
      Array.from({ length: 300 }, (_, index) => `plugin-${index}-${"z".repeat(20)}`),
      20,
      (index) => (index === 19 ? { state: "failed", problem } : { state: "done", resultStatus: "passed", resultCounts: words("word", 5) }),
    ),
  ],
];

describe("the annotations that tell of a run", () => {
  for (const [what, status] of cases)
    it(`take 100 KiB at most when ${what}, and readers understand them`, () => {
      const built = buildAnnotations(status);
      const bytes = Object.values(built).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
      assert.ok(bytes <= 100 * 1024, `${bytes} bytes`);
      const summary = runSummarySchema.parse(JSON.parse(built[annotations.status] ?? ""));
      assert.equal(summary.problemCount, status.problemCount);
      const { plugins } = JSON.parse(built[annotations.sonobuoyStatus] ?? "");
      for (const row of plugins) {
        assert.deepEqual([typeof row.plugin, typeof row.node, typeof row["result-status"]], ["string", "string", "string"]);
        assert.match(row.status, /^(running|complete|failed)$/);
      }
    });

  it("name the first results that failed, and count the others", () => {
    const status = statusOf(two, 5000, (index) =>
      index === 4711 ? { state: "lost", problem: { code: "x", message: "y" } } : { state: "done", resultStatus: "passed", resultCounts: { passed: 2 } },
    );
    const { plugins } = JSON.parse(buildAnnotations(status)[annotations.sonobuoyStatus] ?? "");
    assert.deepEqual(
      plugins.map((row: Record<string, unknown>) => [row["plugin"], row["node"], row["status"], row["result-counts"]]),
      [
        ...two.map((plugin) => [plugin, longName("node", 4711), "failed", { failed: 1 }]),
        ...two.map((plugin) => [plugin, "4999 nodes", "complete", { passed: 9998 }]),
      ],
    );
  });

  it("have everything where there is room", () => {
    const status = statusOf(two, 40, () => ({ state: "done", resultStatus: "passed", resultCounts: words("own", 2) }));
    const { results: _, ...summary } = status;
    const built = buildAnnotations(status);
    assert.deepEqual(JSON.parse(built[annotations.status] ?? ""), summary);
    assert.equal(JSON.parse(built[annotations.sonobuoyStatus] ?? "").plugins.length, 80);
  });
});
