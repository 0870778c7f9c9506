import assert from "node:assert/strict";
import { test } from "node:test";
import { parseAllDocuments } from "yaml";
import type { Finding } from "../../../core/contract/report/finding.ts";
import { renderYaml } from "../../../reports/policy-reports/render-yaml.ts";
import { renderOpenReports, renderPolicyReports } from "../../../reports/policy-reports/render.ts";
import type { RunReport } from "../../../reports/run-report.ts";
import { summarize } from "../../../reports/summarize.ts";

const empty = summarize({ path: "x.tar.gz", plugins: [], errors: [] });
const finding = (rest: Partial<Finding>): Finding => ({
  id: "i",
  fingerprint: "f",
  status: "fail",
  severity: "critical",
  category: "c",
  title: "t",
  message: "m",
  evidence: [],
  plugin: "p",
  scope: "cluster",
  ...rest,
});
const reportOf = (...findings: readonly Finding[]): RunReport => ({ ...empty, findings });

type Document = {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly ownerReferences?: unknown };
  readonly summary: Readonly<Record<string, number>>;
  readonly results: readonly { readonly severity: string; readonly result: string; readonly message: string }[];
};
const read = (yaml: string): readonly Document[] =>
  parseAllDocuments(yaml).map((document) => {
    assert.deepEqual(document.errors, []);
    return document.toJS() as Document;
  });

test("there is one report for the cluster and one for each namespace", () => {
  const inside = (namespace: string): Finding => finding({ object: { kind: "Pod", name: "x", namespace } });
  const documents = read(renderOpenReports(reportOf(inside("b"), finding({}), inside("a"), inside("not a namespace"))));
  assert.deepEqual(
    documents.map(({ kind, metadata: { namespace = "" }, results }) => [kind, namespace, results.length]),
    [
      ["ClusterReport", "", 2],
      ["Report", "a", 1],
      ["Report", "b", 1],
    ],
  );
});

test("results are the five words that both kinds have, and the summary counts them", () => {
  const statuses = ["fail", "warn", "not-evaluated", "info", "not-applicable", "pass"] as const;
  const [document] = read(renderPolicyReports(reportOf(...statuses.map((status) => finding({ status })))));
  assert.deepEqual(
    document?.results.map(({ result }) => result),
    ["fail", "warn", "error", "skip", "skip", "pass"],
  );
  assert.deepEqual(document?.summary, { pass: 0, fail: 1, warn: 1, error: 1, skip: 2 });
});

test("the old kind has only the severities that it knows", () => {
  assert.equal(read(renderPolicyReports(reportOf(finding({}))))[0]?.results[0]?.severity, "high");
  assert.equal(read(renderOpenReports(reportOf(finding({}))))[0]?.results[0]?.severity, "critical");
});

test("a report that etcd would not take is several with names of their own, and nothing is lost", () => {
  const documents = read(renderOpenReports(reportOf(...Array.from({ length: 500 }, () => finding({ message: "x".repeat(4000) })))));
  assert.ok(documents.length > 1);
  assert.equal(new Set(documents.map(({ metadata }) => metadata.name)).size, documents.length);
  assert.equal(
    documents.reduce((sum, { results }) => sum + results.length, 0),
    500,
  );
  for (const document of documents) assert.ok(JSON.stringify(document).length < 1_000_000);
});

test("no findings are a report without results", () => assert.deepEqual(read(renderOpenReports(empty))[0]?.results, []));

test("YAML gives every value back", () => {
  const value = { a: [{ b: "yes", c: ["- x", []] }, "no: #", { d: {} }], e: 1, f: true, g: null, h: "\u2028\u0085\n'\"\\" };
  const [document] = parseAllDocuments(renderYaml(value));
  assert.deepEqual(document?.toJS(), value);
});

test("the report of the cluster counts what passed, and all go with the namespace of the run", () => {
  const uid = "41e0a4ab-2b29-4a0c-9c8d-0f0f4b0d3a11";
  const report = { ...reportOf(finding({}), finding({ object: { kind: "Pod", name: "x", namespace: "a" } })), counts: { ...empty.counts, passed: 7 } };
  const of = (run: Partial<RunReport["run"]>): readonly Document[] => read(renderOpenReports({ ...report, run: { ...report.run, ...run } }));
  const owned = of({ namespace: "asdic", namespaceUid: uid });
  assert.deepEqual(
    owned.map(({ summary }) => summary["pass"]),
    [7, 0],
  );
  for (const { metadata } of owned) assert.deepEqual(metadata.ownerReferences, [{ apiVersion: "v1", kind: "Namespace", name: "asdic", uid }]);
  for (const run of [{}, { namespace: "asdic" }, { namespace: "asdic", namespaceUid: "x\ny" }, { namespace: "NO", namespaceUid: uid }])
    assert.equal(of(run)[0]?.metadata.ownerReferences, undefined);
});
