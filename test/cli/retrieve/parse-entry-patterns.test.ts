import assert from "node:assert/strict";
import { test } from "node:test";
import { parseEntryPatterns } from "../../../cli/retrieve/parse-entry-patterns.ts";

const names = [
  "meta/manifest.json",
  "meta/.hidden",
  "plugins/a/results/global/a.txt",
  "plugins/a/results/node-1/b (1).xml",
  "plugins/ab/definition.json",
  "run.log",
];

const cases: readonly (readonly [string, readonly number[]])[] = [
  ["meta/*", [0, 1]],
  ["meta", [0, 1]],
  ["meta/", [0, 1]],
  ["./meta", [0, 1]],
  ["met", []],
  ["*.log", [5]],
  ["*", [0, 1, 2, 3, 4, 5]],
  ["*.json", []],
  ["**/*.json", [0, 4]],
  ["**.json", [0, 4]],
  ["**/run.log", [5]],
  ["plugins/a", [2, 3]],
  ["plugins/a?", [4]],
  ["plugins/*/results/**", [2, 3]],
  ["plugins/**/b (1).xml", [3]],
  ["plugins/**/**/b*", [3]],
  ["plugins/a/results/node-1/b (?).xml", [3]],
  ["meta.manifest.json", []],
  ["[a-z]*", []],
];
for (const [pattern, fitting] of cases)
  test(`${pattern} fits what it says`, () => {
    const isWanted = parseEntryPatterns([pattern]);
    assert.deepEqual(
      names.filter(isWanted),
      fitting.map((at) => names[at]),
    );
  });

test("of several patterns one is enough", () => assert.deepEqual(names.filter(parseEntryPatterns(["run.log", "meta/m*"])), [names[0], names[5]]));

test("a pattern of many stars is answered at once for the longest name", { timeout: 20_000 }, () => {
  const name = "a/".repeat(2000);
  assert.equal(parseEntryPatterns(["**/".repeat(200) + "**".repeat(100) + "b"])(name), false);
});
