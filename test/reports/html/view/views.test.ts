import assert from "node:assert/strict";
import { test } from "node:test";
import type { ResultItem } from "../../../../core/contract/result-item.ts";
import { listReferences } from "../../../../reports/html/view/list-references.ts";
import { viewConformance } from "../../../../reports/html/view/view-conformance.ts";
import { viewMatrix } from "../../../../reports/html/view/view-matrix.ts";
import { viewNumbers } from "../../../../reports/html/view/view-numbers.ts";
import { describeRedaction } from "../../../../reports/html/view/view-run.ts";
import { summarize } from "../../../../reports/summarize.ts";
import { demoReport } from "../demo-report.ts";
import { emptyReport, passedReport } from "../edge-reports.ts";

const conformance = (...statuses: readonly string[]): object => {
  const items = statuses.map((status, index): ResultItem => ({ name: `t${index} [Conformance]`, status }));
  return viewConformance(summarize({ path: "x.tar.gz", plugins: [{ name: "e2e", tree: { name: "e2e", status: "passed", items } }], errors: [] }));
};
for (const [statuses, word, sentence] of [
  [[], "Not tested", "No conformance test ran in this run."],
  [["skipped", "skipped"], "Not tested", "No conformance test ran in this run."],
  [["passed", "passed"], "Passed", "All 2 conformance tests passed."],
  [["passed", "skipped"], "Passed in part", "None failed: 1 conformance test passed. 1 other of the suite was not run."],
  [["passed", "timeout", "skipped", "unknown"], "Failed", "1 of 2 conformance tests failed. 2 others of the suite were not run."],
] as const)
  test(`of ${statuses.join(", ") || "nothing"} conformance is "${word}"`, () => {
    const { word: found, sentence: said } = conformance(...statuses) as { readonly word: string; readonly sentence: string };
    assert.deepEqual([found, said], [word, sentence]);
  });

test("what was not looked at is no good number", () => {
  assert.deepEqual(
    viewNumbers(emptyReport()).map(({ number, tone }) => [number, tone]),
    [
      ["–", "none"],
      ["–", "none"],
      ["–", "none"],
    ],
  );
  assert.deepEqual(
    viewNumbers(passedReport()).map(({ title, number, unit }) => [title, number, unit]),
    [
      ["Health", "0", "failed"],
      ["Security", "–", ""],
      ["Coverage", "100", "%"],
    ],
  );
});

test("nodes with something wrong stand first, lost before failed", () => {
  const { rows } = viewMatrix({
    plugins: ["a", "b"],
    grouped: false,
    rows: [
      { nodes: ["n1"], count: 1, states: ["passed", ""] },
      { nodes: ["n2"], count: 1, states: ["failed", "passed"] },
      { nodes: ["n3", "n4", "n5", "n6"], count: 900, states: ["lost", "passed"] },
    ],
  }) as { readonly rows: readonly { readonly name: string; readonly more: number }[] };
  assert.deepEqual(
    rows.map(({ name, more }) => [name, more]),
    [
      ["n3, n4, n5", 897],
      ["n2", 0],
      ["n1", 0],
    ],
  );
});

test("only addresses of the web become links", () => {
  const url = [
    "https://example.test/a?b#c",
    "javascript:alert(1)",
    "JaVaScript:alert(1)",
    "data:text/html,x",
    "//example.test",
    "http://user:pw@example.test/",
    "\tjavascript:alert(1)",
  ];
  assert.deepEqual(
    listReferences({ refs: { url } }).map(({ href }) => href),
    ["https://example.test/a?b#c", "", "", "", "", "", ""],
  );
});

test("nobody is told that secrets are hidden where they may not be", () => {
  const { redaction } = demoReport();
  assert.match(describeRedaction(redaction), /^Secrets were hidden in 21 places \(names of the cluster: privacy standard\); 1 file /);
  assert.match(describeRedaction({ ...redaction, privacy: "off", totals: {} }), /^Redaction was on and found nothing to hide; /);
  assert.match(describeRedaction({ ...redaction, state: "off" }), /may hold secrets/);
  assert.match(describeRedaction({ ...redaction, state: "none" }), /treat it as if it held some/);
});
