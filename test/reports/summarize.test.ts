import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import type { ResultItem } from "../../core/contract/result-item.ts";
import type { RunStatus } from "../../core/contract/run-status.ts";
import { readRun } from "../../reports/read-run.ts";
import type { Run } from "../../reports/run.ts";
import { summarize } from "../../reports/summarize.ts";
import { smallRun, writeTarball } from "./small-run.ts";

const folder = await mkdtemp(join(tmpdir(), "asdic-summarize-"));
after(() => rm(folder, { recursive: true }));

test("Sonobuoy's counts of a real conformance run come out, with each failure's place and text", async () => {
  const report = summarize(await readRun(join(import.meta.dirname, "../fixtures/reports/sonobuoy-v0.53-4-failures.tar.gz")));
  const [e2e, logs] = report.plugins;
  assert.equal(report.outcome, "failed");
  assert.deepEqual(e2e?.counts, { total: 5771, passed: 21, failed: 4, skipped: 5746, other: {} });
  assert.deepEqual(logs?.counts, { total: 1, passed: 1, failed: 0, skipped: 0, other: {} });
  assert.equal(e2e?.failed.length, 4);
  assert.deepEqual(e2e?.failed[1]?.path, ["junit_01.xml", "Kubernetes e2e suite"]);
  assert.equal(e2e?.failed[1]?.name, "[sig-apps] Daemon set [Serial] should rollback without unnecessary restarts [Conformance]");
  assert.match(e2e?.failed[1]?.failure ?? "", /needs a cluster with at least 2 nodes/);
});

test("a run of asdic keeps apart what failed, what was lost and what was rightly left out", async () => {
  const report = summarize(await readRun(await writeTarball(folder, "small.tar.gz", smallRun)));
  const [smoke, facts, cis] = report.plugins;
  assert.equal(report.outcome, "incomplete");
  assert.equal(report.run.durationSeconds, 185);
  assert.deepEqual(report.run.nodes, { healthy: 2, total: 3 });
  assert.deepEqual(smoke?.counts, { total: 3, passed: 1, failed: 1, skipped: 1, other: {} });
  assert.equal(smoke?.testSeconds, 6.75);
  assert.equal(smoke?.suites[0]?.cases[2]?.reason, "needs two nodes that can be scheduled");
  assert.deepEqual(
    facts?.problems.map(({ node, state, code }) => [node, state, code]),
    [["node-2", "lost", "node-not-ready"]],
  );
  assert.deepEqual(
    facts?.notEvaluated.map(({ node, code }) => [node, code]),
    [["win-1", "platform"]],
  );
  assert.deepEqual(
    facts?.failed.map(({ kind, node }) => [kind, node]),
    [["run-error", "node-2"]],
  );
  assert.deepEqual(cis?.counts.other, { warned: 1 });
});

const passed: ResultItem = { name: "t", status: "passed" };
const treeOf = (status: string, ...items: readonly ResultItem[]): ResultItem => ({ name: "p", status, meta: { type: "summary" }, items });
const runOf = (tree: ResultItem, rest: Partial<Run> = {}): Run => ({ path: "/runs/x.tar.gz", plugins: [{ name: "p", tree }], errors: [], ...rest });
const statusOf = (outcome: RunStatus["outcome"]): RunStatus => ({
  runId: "abcd2345",
  namespace: "asdic",
  toolVersion: "0.1.0",
  phase: "complete",
  ...(outcome === undefined ? {} : { outcome }),
  startedAt: "",
  updatedAt: "",
  plugins: [],
  problems: [],
  problemCount: 0,
  results: [],
});
const runError: ResultItem = { name: "no pod", status: "failed", meta: { type: "file", file: "errors/global/error.json" } };

const outcomes: readonly (readonly [string, Run, string])[] = [
  ["all passed", runOf(treeOf("passed", passed)), "passed"],
  ["all skipped", runOf(treeOf("skipped", { name: "t", status: "skipped" })), "passed"],
  ["a test failed", runOf(treeOf("failed", passed, { name: "t", status: "failed" })), "failed"],
  ["a test timed out", runOf(treeOf("failed", { name: "t", status: "timeout" })), "failed"],
  ["words of a plugin's own", runOf(treeOf("bar: 1, foo: 1", { name: "a", status: "foo" }, { name: "b", status: "bar" })), "passed"],
  ["a result that is unknown", runOf(treeOf("unknown", { name: "t", status: "" })), "incomplete"],
  ["a run error among passes", runOf(treeOf("failed", passed, runError)), "incomplete"],
  ["an error file that no tree tells of", runOf(treeOf("passed", passed), { errors: [{ plugin: "p", node: "n", file: { error: "gone" } }] }), "incomplete"],
  [
    "an error file of a plugin that nothing else names",
    runOf(treeOf("passed", passed), { errors: [{ plugin: "q", node: "n", file: { error: "gone" } }] }),
    "incomplete",
  ],
  ["no result tree", runOf({ name: "p", status: "unknown" }), "incomplete"],
  ["no plugins", { path: "x", plugins: [], errors: [] }, "incomplete"],
  ["the aggregator says complete", runOf(treeOf("passed", passed), { status: statusOf("complete") }), "passed"],
  ["the aggregator says incomplete", runOf(treeOf("passed", passed), { status: statusOf("incomplete") }), "incomplete"],
  ["the aggregator says failed", runOf(treeOf("passed", passed), { status: statusOf("failed") }), "incomplete"],
  ["the aggregator came to no end", runOf(treeOf("passed", passed), { status: statusOf(undefined) }), "incomplete"],
];

for (const [name, run, outcome] of outcomes) test(`${name}: the outcome is ${outcome}`, () => assert.equal(summarize(run).outcome, outcome));

test("a plugin's own status may have any name", () => {
  const report = summarize(runOf(treeOf("?", { name: "a", status: "__proto__" }, { name: "b", status: "constructor" })));
  assert.deepEqual(Object.entries(report.counts.other), [
    ["__proto__", 1],
    ["constructor", 1],
  ]);
});

test("texts are cut to a bound and say so; failures keep their beginning, outputs their end", () => {
  const details = { failure: `begin${"x".repeat(100_000)}`, "system-out": `${"y".repeat(100_000)}end` };
  const [item] = summarize(runOf(treeOf("failed", { name: "t", status: "failed", details }))).plugins[0]?.failed ?? [];
  assert.match(item?.failure ?? "", /^beginx+\n… 67237 more characters are in the tarball$/);
  assert.match(item?.output ?? "", /^… 83619 more characters are in the tarball\ny+end$/);
});

test("thousands of failures keep short texts, so that a report of them still opens", () => {
  const leaf: ResultItem = { name: "t", status: "failed", details: { failure: "x".repeat(20_000), "system-out": "y".repeat(20_000) } };
  const [plugin] = summarize(runOf(treeOf("failed", ...Array.from({ length: 5000 }, () => leaf)))).plugins;
  assert.equal(plugin?.failed.length, 5000);
  assert.ok(JSON.stringify(plugin?.failed).length < 20_000_000);
  assert.match(plugin?.failed[4999]?.failure ?? "", /^x{1024}\n… 18976 more characters are in the tarball$/);
});

test("a node that error file and tree both tell of is one problem, with the file's code", () => {
  const timedOut = { ...runError, status: "timeout" };
  const run = runOf(treeOf("failed", timedOut), {
    errors: [{ plugin: "p", node: "global", file: { error: "no pod", code: "image-pull", hint: "see the image" } }],
  });
  assert.deepEqual(summarize(run).plugins[0]?.problems, [{ node: "global", state: "timed-out", code: "image-pull", message: "no pod", hint: "see the image" }]);
});
