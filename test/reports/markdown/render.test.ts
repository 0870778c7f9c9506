import assert from "node:assert/strict";
import { test } from "node:test";
import { renderBlock, renderCode, renderSentence } from "../../../reports/markdown/markdown-text.ts";
import { renderMarkdown } from "../../../reports/markdown/render.ts";
import { summarize } from "../../../reports/summarize.ts";

const codes: readonly (readonly [string, string])[] = [
  ["plain", "`plain`"],
  ["a|b", "`a\\|b`"],
  ["a `b` c", "`` a `b` c ``"],
  ["``` fence", "```` ``` fence ````"],
  ["@everyone #1 http://example.test", "`@everyone #1 http://example.test`"],
  ["a\n# b", "`a # b`"],
  ["", "–"],
];
for (const [text, code] of codes) test(`${JSON.stringify(text)} in code type is ${code}`, () => assert.equal(renderCode(text), code));

test("a block's fence is longer than any in the text", () => assert.equal(renderBlock("```\n# a\n````", 100), "`````text\n```\n# a\n````\n`````"));

test("a sentence has no markup and mentions nobody", () =>
  assert.equal(renderSentence("*a* [b](c) <b> @all #1"), "\\*a\\* \\[b\\]\\(c\\) \\<b\\> @<!-- -->all \\#<!-- -->1"));

test("thousands of failures fit a comment, the rest is counted", () => {
  const items = Array.from({ length: 5000 }, (_, index) => ({ name: `test ${index}`, status: "failed", details: { failure: `line\n${"x".repeat(5000)}` } }));
  const rendered = renderMarkdown(summarize({ path: "x.tar.gz", plugins: [{ name: "p", tree: { name: "p", status: "failed", items } }], errors: [] }));
  assert.ok(rendered.length < 65_000);
  const listed = [...rendered.matchAll(/^- ✗ failed/gm)].length;
  assert.ok(listed > 100);
  assert.ok(rendered.includes(`… and ${5000 - listed} more`));
});
