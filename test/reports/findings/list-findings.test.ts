import assert from "node:assert/strict";
import { test } from "node:test";
import type { ResultItem } from "../../../core/contract/result-item.ts";
import type { ResultStatus, RunStatus } from "../../../core/contract/run-status.ts";
import type { RunReport } from "../../../reports/run-report.ts";
import { summarize } from "../../../reports/summarize.ts";

const leaf = (name: string, status: string, details: Record<string, unknown> = {}): ResultItem => ({ name, status, details });
const reportOf = (items: readonly ResultItem[], results: readonly ResultStatus[] = [], notes: RunStatus["notes"] = []): RunReport =>
  summarize({
    path: "x.tar.gz",
    errors: [],
    plugins: [{ name: "p", tree: { name: "p", status: "failed", items: [{ name: "suite", status: "failed", items }] } }],
    status: {
      runId: "abcd2345",
      namespace: "asdic",
      toolVersion: "0",
      phase: "complete",
      startedAt: "",
      updatedAt: "",
      plugins: [],
      problems: [],
      problemCount: 0,
      results: [...results],
      notes,
    },
  });
const since = "2026-01-01T00:00:00.000Z";

test("what passed and what a filter left out is no finding", () => assert.deepEqual(reportOf([leaf("a", "passed"), leaf("b", "skipped")]).findings, []));

const said: readonly (readonly [string, ResultItem, Partial<RunReport["findings"][number]>])[] = [
  ["a failure", leaf("a", "failed", { failure: "x.go:1\nit broke" }), { id: "test:p:suite/a", status: "fail", severity: "medium", message: "it broke" }],
  ["a conformance test", leaf("[It] b [Conformance]", "failed"), { id: "test:p:suite/b [Conformance]", severity: "high", category: "conformance" }],
  ["a time-out", leaf("a", "timeout"), { status: "fail", message: "It did not end in time." }],
  ["the suite's own preamble", leaf("a", "failed", { failure: "[FAILED] Aug 17 17:08:48.006: no nodes" }), { message: "no nodes" }],
  ["a warning", leaf("a", "WARN", { "system-out": "odd" }), { status: "warn", severity: "medium", message: "odd" }],
  ["a word of the plugin's own", leaf("a", "manual"), { status: "info", message: 'The plugin says "manual".' }],
  ["no result", leaf("a", ""), { status: "not-evaluated", reasonNotEvaluated: { code: "unknown-result", message: "Its result is unknown." } }],
];
for (const [what, item, expected] of said)
  test(`${what} is told as it is`, () => {
    const [finding] = reportOf([item]).findings;
    for (const [key, value] of Object.entries(expected)) assert.deepEqual(finding?.[key as keyof typeof finding], value, key);
  });

test("what is missing as a whole comes first, then what is missing often, then what failed, warns, was not evaluated", () => {
  const lost = (node: string, code: string): ResultStatus => ({ plugin: "p", node, state: "lost", since, code, message: code });
  const { findings } = reportOf(
    [leaf("odd", "warned"), leaf("t", "failed"), leaf("c [Conformance]", "failed"), leaf("u", "")],
    [
      lost("n1", "rare"),
      lost("n2", "often"),
      lost("n3", "often"),
      { plugin: "p", node: "win", state: "skipped", since, code: "platform" },
      lost("global", "all"),
    ],
    [{ plugin: "", node: "", code: "note", message: "m", hint: "h" }],
  );
  assert.deepEqual(
    findings.map(({ id, node }) => (node === undefined ? id : `${id} ${node}`)),
    ["all", "often n2", "often n3", "rare n1", "test:p:suite/c [Conformance]", "test:p:suite/t", "test:p:suite/odd", "note", "test:p:suite/u", "platform win"],
  );
});

test("a command in a hint is there to be copied, one that is not ours or kubectl's is not", () => {
  const hint = (text: string): ResultStatus => ({ plugin: "p", node: "n", state: "lost", since, code: "c", message: "m", hint: text });
  assert.deepEqual(reportOf([], [hint("See `kubectl get pods`.")]).findings[0]?.remediation, { text: "See `kubectl get pods`.", command: "kubectl get pods" });
  assert.deepEqual(reportOf([], [hint("See `rm -rf /`.")]).findings[0]?.remediation, { text: "See `rm -rf /`." });
});

test("the same test twice in a place has two fingerprints, the first as if it were alone", () => {
  const alone = reportOf([leaf("a", "failed")]).findings[0]?.fingerprint;
  const { findings } = reportOf([leaf("a", "failed"), leaf("a", "failed")]);
  assert.equal(findings[0]?.fingerprint, alone);
  assert.notEqual(findings[1]?.fingerprint, alone);
});

test("beyond 50,000 findings the others are counted, the gravest are listed, and none has the fingerprint of another", () => {
  const many = Array.from({ length: 50_100 }, (_, index) => leaf(`t${index}`, "failed"));
  const { findings, findingCounts } = reportOf([leaf("w", "warned"), ...many, leaf("c [Conformance]", "failed")]);
  assert.equal(findings.length, 50_000);
  assert.deepEqual(findingCounts, { total: 50_102, beyond: 102, byStatus: { fail: 50_101, warn: 1 }, bySeverity: { medium: 50_101, high: 1 } });
  assert.equal(findings[0]?.severity, "high");
  assert.equal(new Set(findings.map(({ fingerprint }) => fingerprint)).size, findings.length);
});

test("ids stay short, and long names that differ only at their end keep different ones", () => {
  const { findings } = reportOf([leaf(`${"x".repeat(4096)}1`, "failed"), leaf(`${"x".repeat(4096)}2`, "failed")]);
  assert.ok(findings.every(({ id, title }) => id.length <= 512 && title.length <= 513));
  assert.notEqual(findings[0]?.id, findings[1]?.id);
});
