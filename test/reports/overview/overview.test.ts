import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { tarballPaths, type Manifest } from "../../../core/contract/tarball-layout.ts";
import type { ExpectedResult } from "../../../reports/overview/list-expected.ts";
import { planCoverage } from "../../../reports/overview/plan-coverage.ts";
import { planMatrix } from "../../../reports/overview/plan-matrix.ts";
import { planRedaction } from "../../../reports/overview/plan-redaction.ts";
import { planTimeline } from "../../../reports/overview/plan-timeline.ts";
import { summarize } from "../../../reports/summarize.ts";
import { readReport } from "../../../reports/read-report.ts";
import { smallRun, writeTarball } from "../small-run.ts";

const result = (plugin: string, node: string, rest: Partial<ExpectedResult> = {}): ExpectedResult => ({ plugin, node, came: true, state: "passed", ...rest });

test("coverage counts what came, why the rest did not, and nodes of which all came", () => {
  const expected = [result("a", "global"), result("b", "n1"), result("b", "n2", { came: false, state: "lost", code: "evicted" }), result("c", "n2")];
  assert.deepEqual(planCoverage(expected, undefined), { expected: 4, evaluated: 3, notEvaluated: { evicted: 1 }, nodes: { expected: 2, covered: 1 } });
});

test("the matrix has a row a node and a column a plugin that runs on nodes, and an empty cell where nothing was expected", () => {
  assert.deepEqual(planMatrix([result("job", "global"), result("b", "n2"), result("b", "n1", { state: "failed" }), result("c", "n2")]), {
    plugins: ["b", "c"],
    grouped: false,
    rows: [
      { nodes: ["n1"], count: 1, states: ["failed", ""] },
      { nodes: ["n2"], count: 1, states: ["passed", "passed"] },
    ],
  });
});

test("above 5,000 nodes those that are alike are one row, the rarest first", () => {
  const many = Array.from({ length: 6000 }, (_, index) => result("b", `n${index}`, index === 17 ? { state: "lost" } : {}));
  const { grouped, rows } = planMatrix(many);
  assert.ok(grouped);
  assert.deepEqual(
    rows.map(({ count, states, nodes }) => [count, states, nodes.length]),
    [
      [1, ["lost"], 1],
      [5999, ["passed"], 20],
    ],
  );
});

test("the time line is in the order of ends, without what has none, and bounded", () => {
  const at = (second: number): string => new Date(second * 1000).toISOString();
  const { spans } = planTimeline({}, [result("b", "n", { end: at(2) }), result("a", "n", { end: at(1) }), result("c", "n")]);
  assert.deepEqual(
    spans.map(({ plugin }) => plugin),
    ["a", "b"],
  );
  const many = planTimeline(
    {},
    Array.from({ length: 5001 }, (_, index) => result("b", `n${index}`, { end: at(index) })),
  );
  assert.deepEqual([many.spans.length, many.beyond], [5000, 1]);
});

test("a run of ours says when a result was first seen to run, and when it came", () => {
  const done = { plugin: "p", node: "global", state: "done", since: "2026-01-01T00:00:09.000Z", startedAt: "2026-01-01T00:00:01.000Z" } as const;
  const tree = { name: "p", status: "passed", items: [{ name: "t", status: "passed" }] };
  const status = {
    runId: "a",
    namespace: "a",
    toolVersion: "0",
    phase: "complete",
    startedAt: "",
    updatedAt: "",
    plugins: [],
    problems: [],
    problemCount: 0,
  } as const;
  const report = summarize({ path: "x", errors: [], plugins: [{ name: "p", tree }], status: { ...status, plugins: [], problems: [], results: [done] } });
  assert.deepEqual(report.timeline.spans, [{ plugin: "p", node: "global", state: "passed", start: done.startedAt, end: done.since }]);
});

test("redaction is on, off, or not told", () => {
  assert.equal(planRedaction({}).state, "none");
  const manifest: Manifest = {
    layoutVersion: 1,
    tool: { name: "asdic", version: "0" },
    runId: "abcd2345",
    namespace: "asdic",
    serverVersion: "v1.36.3",
    startedAt: "",
    plugins: [],
  };
  assert.equal(planRedaction({ manifest: { ...manifest, redaction: false } }).state, "off");
  assert.equal(planRedaction({ manifest: { ...manifest, redaction: { privacy: "standard", userRules: 0 } } }).privacy, "standard");
  assert.deepEqual(planRedaction({ redaction: { totals: { jwt: 2, odd: "x" }, dropped: [{}], kept: "x", privacy: "high" } }), {
    state: "on",
    privacy: "high",
    totals: { jwt: 2 },
    dropped: 1,
    kept: 0,
  });
});

test("a tarball of Sonobuoy's has coverage and provenance too", async () => {
  const path = `${import.meta.dirname}/../../fixtures/reports/sonobuoy-v0.53-4-failures.tar.gz`;
  const { coverage, provenance, matrix } = await readReport(path);
  assert.deepEqual(coverage, { expected: 2, evaluated: 2, notEvaluated: {}, nodes: { expected: 1, covered: 1 } });
  assert.deepEqual(matrix.plugins, ["systemd-logs"]);
  assert.match(provenance.tarballSha256 ?? "", /^[0-9a-f]{64}$/);
  assert.deepEqual(
    provenance.plugins.map(({ name, image }) => [name, typeof image]),
    [
      ["e2e", "string"],
      ["systemd-logs", "string"],
    ],
  );
});

test("runs on one cluster have the same id of it, which is not its uid", async () => {
  const folder = await mkdtemp(join(tmpdir(), "asdic-overview-"));
  after(() => rm(folder, { recursive: true }));
  const namespaces = (uid: string): string => JSON.stringify([{ metadata: { name: "default", uid: "x" } }, { metadata: { name: "kube-system", uid } }]);
  const idOf = async (name: string, uid: string): Promise<string | undefined> => {
    const path = await writeTarball(folder, name, [...smallRun, [tarballPaths.clusterResource("core_v1_namespaces"), namespaces(uid)]]);
    return (await readReport(path)).provenance.clusterId;
  };
  assert.match((await idOf("a.tar.gz", "uid-1")) ?? "", /^[0-9a-f]{16}$/);
  assert.equal(await idOf("b.tar.gz", "uid-1"), await idOf("c.tar.gz", "uid-1"));
  assert.notEqual(await idOf("d.tar.gz", "uid-1"), await idOf("e.tar.gz", "uid-2"));
});
