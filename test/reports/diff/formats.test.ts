import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import Ajv from "ajv-draft-04";
import { SaxesParser } from "saxes";
import { diffFormatNames } from "../../../reports/diff/format-names.ts";
import { diffFormats } from "../../../reports/diff/formats.ts";
import { diffRuns } from "../../../reports/diff/diff-runs.ts";
import { renderHtml } from "../../../reports/html/render.ts";
import { applyWaivers } from "../../../reports/waivers/apply-waivers.ts";
import { assertGolden } from "../../golden.ts";
import { reportOf } from "../small-report.ts";
import { smallRun } from "../small-run.ts";

const changed = smallRun.map(([name, content]): readonly [string, string] => {
  if (name === "plugins/smoke/sonobuoy_results.yaml")
    return [name, content.replace("status: passed", "status: failed").replace(/(DNS resolves.*\n +status: )failed/, "$1passed")];
  if (name === "plugins/cis/sonobuoy_results.yaml") return [name, content.replace(/(1\.1\.2.*\n +status: )warned/, "$1failed")];
  return [name, content];
});
const before = await reportOf(smallRun);
const after = await reportOf(changed);
const diff = diffRuns(before, after);
const extensions = { text: "txt", json: "json", markdown: "md", html: "html", junit: "xml", sarif: "sarif" } as const;

const evil = "<script>alert(1)</script> ]]> \u001b[2J\u202e ::error::x `|` @all [a](javascript:1)\nFORGED";
const hostileTree = (status: string): string =>
  JSON.stringify({
    name: "p",
    status: "failed",
    items: [
      { name: evil, status, details: { failure: evil } },
      { name: `${evil}2`, status: "failed" },
    ],
  });
const hostile = diffRuns(
  await reportOf([["plugins/p/sonobuoy_results.yaml", hostileTree("passed")]]),
  await reportOf([["plugins/p/sonobuoy_results.yaml", hostileTree("failed")]]),
);

for (const name of diffFormatNames)
  test(`${name}: a comparison is as it was agreed, and the same gives the same bytes`, () => {
    assertGolden(`reports/diff.${extensions[name]}`, diffFormats[name](diff));
    assert.equal(diffFormats[name](diff), diffFormats[name](structuredClone(diff)));
  });

for (const name of diffFormatNames)
  test(`${name}: hostile names steer nothing and forge no line`, () => {
    const rendered = diffFormats[name]({
      ...hostile,
      before: { ...hostile.before, tarball: evil },
      notes: [{ code: evil, message: evil }],
      gaps: [{ plugin: evil, lacking: "after", reason: { code: evil, message: evil }, count: 2, examples: [evil] }],
    });
    // eslint-disable-next-line no-control-regex -- they must not be there
    assert.doesNotMatch(rendered, /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
    if (name !== "junit") assert.doesNotMatch(rendered, /[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/);
    assert.doesNotMatch(rendered, /^\s*FORGED/m);
    if (name === "html") assert.doesNotMatch(rendered, /<script/i);
  });

type Counts = { tests: number; failures: number; skipped: number };
function countJunit(text: string): Counts {
  const counts: Counts = { tests: 0, failures: 0, skipped: 0 };
  const parser = new SaxesParser();
  parser.on("error", (error) => assert.fail(error));
  parser.on("opentag", ({ name }) => {
    if (name === "testcase") counts.tests++;
    if (name === "failure") counts.failures++;
    if (name === "skipped") counts.skipped++;
  });
  parser.write(text).close();
  return counts;
}

test("in JUnit only what is new or worse fails, and what is waived is skipped", () => {
  assert.deepEqual(countJunit(diffFormats.junit(diff)), { tests: 4, failures: 2, skipped: 1 });
  const waiver = { id: "test:cis:*", reason: "known", owner: "ada", expires: "2027-01-31" };
  assert.deepEqual(countJunit(diffFormats.junit(diffRuns(before, applyWaivers(after, [waiver], "2027-01-01")))), { tests: 4, failures: 1, skipped: 2 });
});

const schema: object = JSON.parse(readFileSync(join(import.meta.dirname, "../../fixtures/reports/sarif-schema-2.1.0.json"), "utf8")) as object;
const isSarif = new Ajv.default({ strict: false, allErrors: false, validateFormats: false }).compile(schema);

test("SARIF is valid and says of each result how it stands against the earlier run", () => {
  for (const one of [diff, hostile]) {
    const log = JSON.parse(diffFormats.sarif(one)) as { readonly runs: readonly { readonly results: readonly { readonly baselineState: string }[] }[] };
    assert.ok(isSarif(log), JSON.stringify(isSarif.errors?.slice(0, 3)));
    if (one === diff)
      assert.deepEqual(
        log.runs[0]?.results.map(({ baselineState }) => baselineState),
        ["new", "updated", "absent", "unchanged"],
      );
  }
});

test("Markdown of thousands of changes stays within what a comment may hold, and says how many are left out", () => {
  const [change] = diff.changes;
  assert.ok(change !== undefined);
  const many = { ...diff, changes: Array.from({ length: 5000 }, (_, index) => ({ ...change, title: `test ${index}` })) };
  const markdown = diffFormats.markdown(many);
  assert.ok(markdown.length < 65_536);
  assert.match(markdown, /… and \d{4} more/);
});

test("a report with an earlier run shows what has changed, without its script too", () => {
  const page = renderHtml({ ...after, diff });
  assert.match(page, /<a href="#changes" data-view="changes">Changes<\/a>/);
  assert.match(page, /<section id="changes"[^]*1 new, 1 worse, 1 fixed/);
  assert.doesNotMatch(renderHtml(after), /href="#changes"/);
});
