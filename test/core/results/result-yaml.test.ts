import assert from "node:assert/strict";
import { createReadStream } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import * as fc from "fast-check";
import { readArchive } from "../../../core/archive/read-archive.ts";
import { isKnownError } from "../../../core/contract/known-error.ts";
import type { ResultItem } from "../../../core/contract/result-item.ts";
import { parseResultTree, renderResultTree } from "../../../core/results/result-yaml.ts";
import { countLeaves } from "../../../core/results/roll-up.ts";

test("a tree is rendered with Sonobuoy's keys in Sonobuoy's order, without what is empty", () => {
  const tree: ResultItem = {
    items: [{ name: "[It] a: b", status: "failed", details: { failure: "one\n  two\n", duration: 0.25 }, meta: {}, items: [] }],
    meta: { type: "summary" },
    status: "failed",
    name: "e2e",
  };
  assert.equal(
    renderResultTree(tree),
    `name: e2e
status: failed
meta:
  type: summary
items:
  - name: "[It] a: b"
    status: failed
    details:
      failure: |
        one
          two
      duration: 0.25
`,
  );
});

test("Sonobuoy's own trees are read as they stand there", async () => {
  const trees = new Map<string, ResultItem>();
  for await (const { name, body } of readArchive(createReadStream(join(import.meta.dirname, "../../fixtures/reports/sonobuoy-v0.53-4-failures.tar.gz"))))
    if (name.endsWith("sonobuoy_results.yaml")) trees.set(name, parseResultTree(await text(body)));
  const e2e = trees.get("plugins/e2e/sonobuoy_results.yaml");
  assert.ok(e2e);
  assert.deepEqual([e2e.status, countLeaves(e2e)], ["failed", { skipped: 5746, passed: 21, failed: 4 }]);
  assert.deepEqual(parseResultTree(renderResultTree(e2e)), e2e);
});

const awkward = [
  "",
  " ",
  "\n",
  "a\n",
  "\na",
  "a\n\n",
  " a\nb",
  "\ta",
  "a\r\nb",
  "\r",
  "yes",
  "No",
  "on",
  "y",
  "~",
  "null",
  "1.10",
  "1_000",
  "0x10",
  "0o7",
  "-0O7",
  "010",
  "12:30:00",
  "2020-01-01",
  ".nan",
  "1e3",
  "+1",
  "=",
  "<<",
  "!x",
  "&a",
  "*a",
  "- a",
  "? a",
  "a: b",
  "a #b",
  "'",
  '"',
  "\\",
  "%a",
  "@a",
  "{a}",
  "---",
  "--- a\nb",
  "\u0000",
  "\u001b[31mred\nnext",
  "\u007f\u0085\u009f",
  "a\u2028b\u2029c",
  "\ufeffbom",
  "\ufffe\uffff",
  "😀",
  "trailing \n lines ",
  "x".repeat(5000),
];

for (const value of awkward)
  test(`${JSON.stringify(value.slice(0, 20))} comes back as it was, and holds nothing that YAML 1.1 can't print`, () => {
    const tree: ResultItem = { name: value, status: value, meta: { m: value }, details: { d: value, list: [value], map: { deep: value } } };
    const yaml = renderResultTree(tree);
    assert.deepEqual(parseResultTree(yaml), tree);
    // What Go's reader refuses, or takes for a line's end.
    // oxlint-disable-next-line no-control-regex
    assert.doesNotMatch(yaml, /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]|\p{Cs}/u);
  });

test("keys with control characters come back; those that YAML can't hold are cut with a mark", () => {
  const details = { "a\u001bb\u009f": 1, "new\nline": 2, "0o7": 3, "": 4, "a: b": 5 };
  assert.deepEqual(parseResultTree(renderResultTree({ name: "x", status: "passed", details })).details, details);
  assert.deepEqual(
    Object.keys(parseResultTree(renderResultTree({ name: "x", status: "passed", details: { "<<": 1, ["\u0001".repeat(2000)]: 2 } })).details ?? {}),
    ["<<…", `${"\u0001".repeat(150)}…`],
  );
});

test("half a character is the only thing that does not come back", () => {
  assert.equal(parseResultTree(renderResultTree({ name: "a\ud800b", status: "passed" })).name, "a\ufffdb");
});

test("any tree comes back", () => {
  const word = fc.string({ unit: "binary", maxLength: 30 });
  const value = fc.jsonValue({ stringUnit: "binary", maxDepth: 2 }).filter((found) => !JSON.stringify(found).includes("__proto__"));
  const details = fc.dictionary(fc.stringMatching(/^[a-z -]{1,10}$/), value, { minKeys: 1, maxKeys: 3, noNullPrototype: true });
  const item: fc.Arbitrary<ResultItem> = fc.letrec<{ item: ResultItem }>((tie) => ({
    item: fc.oneof(
      { maxDepth: 3 },
      fc.record({ name: word, status: word }),
      fc.record({ name: word, status: word, details }),
      fc.record({ name: word, status: word, items: fc.array(tie("item"), { minLength: 1, maxLength: 3 }) }),
    ),
  })).item;
  fc.assert(
    fc.property(item, (tree) => {
      const plain = JSON.parse(JSON.stringify(tree)) as ResultItem;
      assert.deepEqual(parseResultTree(renderResultTree(plain)), plain);
    }),
  );
});

for (const [what, yaml, sentence] of [
  ["nothing", "", /is empty/],
  ["a list", "- a\n", /line 1 holds no result item/],
  ["broken YAML", "name: x\nitems: [\n", /^line \d is no YAML/],
  ["items that are none", "name: x\nstatus: y\nitems: {a: b}\n", /^line 3 items: /],
  ["trees in trees without end", "{items: [".repeat(20_000), /nested|YAML/],
] as const)
  test(`${what} is no tree: ${sentence.source}`, () => {
    assert.throws(
      () => parseResultTree(yaml),
      (error) => isKnownError(error) && error.code === "invalid-tarball" && error.hint !== undefined && sentence.test(error.message),
    );
  });
