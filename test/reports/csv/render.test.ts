import assert from "node:assert/strict";
import { test } from "node:test";
import type { Finding } from "../../../core/contract/report/finding.ts";
import { renderCsv } from "../../../reports/csv/render.ts";
import { summarize } from "../../../reports/summarize.ts";

const empty = summarize({ path: "x.tar.gz", plugins: [], errors: [] });
const finding = (title: string): Finding => ({
  id: "i",
  fingerprint: "f",
  status: "fail",
  severity: "high",
  category: "c",
  title,
  message: "m",
  evidence: [],
  plugin: "p",
  scope: "cluster",
});
const titleIn = (title: string): string | undefined =>
  renderCsv({ ...empty, findings: [finding(title)] })
    .split("\n")[1]
    ?.split('","')[3];

const cells: readonly (readonly [string, string, string])[] = [
  ["a plain text stays", "a pod, and more", "a pod, and more"],
  ["quotes are doubled", 'say "no"', 'say ""no""'],
  ["a formula is a text", "=1+1", "'=1+1"],
  ["a full-width one too", "＝1+1", "'＝1+1"],
  ["one behind spaces and tabs too", "\t =1+1", "'=1+1"],
  ["one behind a semicolon too, where sheets part cells there", ";=1+1", ";'=1+1"],
  ["lines are one", "a\r\nb", "a b"],
  ["a minus within stays", "node-1", "node-1"],
];
for (const [what, title, cell] of cells) test(what, () => assert.equal(titleIn(title), cell));

test("findings beyond the report's bound are told in a last line", () => {
  const rendered = renderCsv({ ...empty, findings: [finding("t")], findingCounts: { ...empty.findingCounts, total: 8, beyond: 7 } });
  assert.match(rendered.trimEnd().split("\n").at(-1) ?? "", /^"info",.*"7 more findings are in the tarball and not in this file\."/);
});
