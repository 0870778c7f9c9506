import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import Ajv from "ajv-draft-04";
import type { Finding } from "../../../core/contract/report/finding.ts";
import { renderSarif } from "../../../reports/sarif/render.ts";
import type { RunReport } from "../../../reports/run-report.ts";
import { summarize } from "../../../reports/summarize.ts";
import { readHostile } from "../hostile/read-hostile.ts";

/** The official schema, with its licence in SOURCES.md. */
const schema: object = JSON.parse(readFileSync(join(import.meta.dirname, "../../fixtures/reports/sarif-schema-2.1.0.json"), "utf8")) as object;
// Its formats are checked below, by the parsers that matter.
const validate = new Ajv.default({ strict: false, allErrors: false, validateFormats: false }).compile(schema);

type Log = {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly automationDetails: { readonly id: string };
    readonly invocations: readonly { readonly toolExecutionNotifications?: readonly { readonly message: { readonly text: string } }[] }[];
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly suppressions?: readonly unknown[];
      readonly locations: readonly { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } } }[];
      readonly partialFingerprints: Readonly<Record<string, string>>;
    }[];
  }[];
};

function renderValid(report: RunReport): Log {
  const log: unknown = JSON.parse(renderSarif(report));
  assert.ok(validate(log), JSON.stringify(validate.errors?.slice(0, 3)));
  return log as Log;
}

const empty = summarize({ path: "x.tar.gz", plugins: [], errors: [] });
const finding = (rest: Partial<Finding>): Finding => ({
  id: "c",
  fingerprint: "0123456789abcdef",
  status: "fail",
  severity: "high",
  category: "test",
  title: "t",
  message: "m",
  evidence: [],
  plugin: "p",
  scope: "cluster",
  ...rest,
});
const reportOf = (findings: readonly Finding[]): RunReport => ({ ...empty, findings, findingCounts: { ...empty.findingCounts, total: findings.length } });

for (const [name, report] of await readHostile())
  test(`${name}: the log is valid, its rules are found by index, and its places stay inside of the tarball`, () => {
    for (const run of renderValid(report).runs) {
      for (const result of run.results) {
        assert.equal(run.tool.driver.rules[result.ruleIndex]?.id, result.ruleId);
        const { uri } = result.locations[0]?.physicalLocation.artifactLocation ?? { uri: "" };
        const resolved = new URL(uri, "tarball://x/inside/");
        assert.ok(resolved.href.startsWith("tarball://x/inside/"), uri);
        assert.match(uri, /^[\w.~!*'()%/-]+$/);
      }
      assert.equal(new Set(run.results.map(({ partialFingerprints }) => partialFingerprints["asdicFingerprint/v1"])).size, run.results.length);
    }
  });

test("a run without findings is a log with an empty run", () => assert.deepEqual(renderValid(empty).runs[0]?.results, []));

test("each category is a run of its own, and more than twenty are not made", () => {
  const { runs } = renderValid(reportOf(Array.from({ length: 30 }, (_, index) => finding({ category: `c${index}`, id: `i${index}` }))));
  assert.equal(runs.length, 20);
  assert.deepEqual([runs[0]?.automationDetails.id, runs[19]?.automationDetails.id], ["asdic/c0/", "asdic/other/"]);
  assert.equal(
    runs.reduce((sum, { results }) => sum + results.length, 0),
    30,
  );
});

test("what GitHub has no room for is told, and what is not evaluated is no result", () => {
  const many = Array.from({ length: 25_010 }, (_, index) => finding({ fingerprint: String(index) }));
  const { runs } = renderValid(reportOf([...many, finding({ status: "not-evaluated", title: "left", message: "no right" })]));
  assert.equal(runs[0]?.results.length, 25_000);
  const told = runs[0]?.invocations[0]?.toolExecutionNotifications?.map(({ message }) => message.text) ?? [];
  assert.ok(told.includes("left: no right"));
  assert.ok(told.includes("10 more findings are in the tarball and not in this file."));
});

test("a waived finding is a suppressed result", () => {
  const waiver = { reason: "known", owner: "me", expires: "2027-01-31" };
  const { runs } = renderValid(reportOf([finding({ waiver: { ...waiver, state: "active" } }), finding({ waiver: { ...waiver, state: "expired" } })]));
  assert.deepEqual(
    runs[0]?.results.map(({ suppressions = [] }) => suppressions.length),
    [1, 0],
  );
});
