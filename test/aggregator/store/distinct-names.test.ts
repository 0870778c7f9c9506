import assert from "node:assert/strict";
import { test } from "node:test";
import { createDistinctNames } from "../../../aggregator/store/distinct-names.ts";

const rename = (names: readonly string[]): readonly string[] => {
  const distinct = createDistinctNames();
  return names.map((name) => distinct(name));
};

const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ["names that differ stay as they are", ["a", "b/c", "b/d", "a~2"], ["a", "b/c", "b/d", "a~2"]],
  ["a name that comes again gets a number that is free", ["a", "a", "a~2", "a"], ["a", "a~2", "a~2~2", "a~3"]],
  ["a file where there is a folder gets a number", ["a/b", "a"], ["a/b", "a~2"]],
  ["a folder where there is a file gets a number, for all that is in it", ["a", "a/b", "a/c"], ["a", "a~2/b", "a~2/c"]],
  ["a part that no file system takes is cut", [`${"x".repeat(300)}/y`], [`${"x".repeat(240)}~/y`]],
  ["a cut parts no character", [`${"x".repeat(239)}ü`], [`${"x".repeat(239)}~`]],
];
for (const [what, names, expected] of cases) test(what, () => assert.deepEqual(rename(names), expected));

test("a path that would be too long in the tarball is cut, and its end leads nowhere", () => {
  for (const name of [`${"a/".repeat(1749)}../x`.replace("..", "..b"), "a/".repeat(2000), "ü/".repeat(1500)]) {
    const [found = ""] = rename([`${name}end`]);
    assert.ok(Buffer.byteLength(found) <= 3501, found);
    assert.ok(
      found.split("/").every((part) => part !== "" && part !== ".."),
      found,
    );
  }
});

test("many times the same name, or the same folder in the way of many files, is a matter of a moment", { timeout: 30_000 }, () => {
  const names = [
    ...Array.from({ length: 100_000 }, () => "a"),
    ...Array.from({ length: 50_000 }, (_, index) => `b~${index}`),
    "b",
    ...Array.from({ length: 50_000 }, () => "b/c"),
  ];
  assert.equal(new Set(rename(names)).size, names.length);
});
