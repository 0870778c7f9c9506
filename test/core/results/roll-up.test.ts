import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import type { ResultItem } from "../../../core/contract/result-item.ts";
import { countLeaves, rollUp, rollUpStatuses } from "../../../core/results/roll-up.ts";

const cases: readonly (readonly [readonly string[], string])[] = [
  [[], "unknown"],
  [["passed"], "passed"],
  [["passed", "skipped"], "passed"],
  [["skipped", "skipped"], "skipped"],
  [["passed", "failed", "unknown"], "failed"],
  [["passed", "timeout"], "failed"],
  [["passed", "unknown"], "unknown"],
  [["passed", ""], "unknown"],
  [["foo", "bar", "foo"], "bar: 1, foo: 2"],
  [["foo"], "foo: 1"],
  [["failed", "foo", "passed", ""], "failed: 1, foo: 1, passed: 1, unknown: 1"],
];
for (const [statuses, expected] of cases) {
  test(`[${statuses.join()}] is ${expected}, whether as statuses or as leaves`, () => {
    assert.equal(rollUpStatuses(statuses), expected);
    const items = statuses.map((status, index) => ({ name: String(index), status }));
    assert.equal(rollUp({ name: "x", status: "", items }).status, expected);
  });
}

test("counted texts of several plugins are added up, not counted as words", () => {
  assert.equal(rollUpStatuses(["bar: 1, foo: 2", "passed", "foo: 3"]), "bar: 1, foo: 5, passed: 1");
});

test("every level is rolled up, whatever it said, and only those above a word of a plugin's own are counts", () => {
  const item: ResultItem = {
    name: "p",
    status: "passed",
    items: [
      { name: "a", status: "failed", items: [{ name: "1", status: "passed" }] },
      {
        name: "b",
        status: "",
        items: [
          { name: "2", status: "odd" },
          { name: "3", status: "" },
        ],
      },
      { name: "c", status: "", items: [] },
    ],
  };
  const before = structuredClone(item);
  assert.deepEqual(rollUp(item), {
    name: "p",
    status: "odd: 1, passed: 1, unknown: 2",
    items: [
      { name: "a", status: "passed", items: [{ name: "1", status: "passed" }] },
      {
        name: "b",
        status: "odd: 1, unknown: 1",
        items: [
          { name: "2", status: "odd" },
          { name: "3", status: "unknown" },
        ],
      },
      { name: "c", status: "unknown", items: [] },
    ],
  });
  assert.deepEqual(item, before);
  assert.deepEqual(countLeaves(item), { passed: 1, odd: 1, unknown: 2 });
});

test("a status with an evil name is counted like any other", () => {
  const counts = countLeaves({ name: "x", status: "", items: ["__proto__", "constructor", "__proto__"].map((status) => ({ name: "", status })) });
  assert.deepEqual(Object.entries(counts), [
    ["__proto__", 2],
    ["constructor", 1],
  ]);
});

const status = fc.constantFrom("passed", "failed", "skipped", "timeout", "unknown", "", "odd");
const trees: fc.Arbitrary<ResultItem> = fc.letrec<{ item: ResultItem }>((tie) => ({
  item: fc.oneof(
    { maxDepth: 4 },
    fc.record({ name: fc.string(), status }),
    fc.record({ name: fc.string(), status, items: fc.array(tie("item"), { maxLength: 4 }) }),
  ),
})).item;

test("rolling up changes no count, changes nothing the second time, and is failed only with a failure below", () => {
  fc.assert(
    fc.property(trees, (tree) => {
      const once = rollUp(tree);
      assert.deepEqual(countLeaves(once), countLeaves(tree));
      assert.deepEqual(rollUp(once), once);
      if (once.status === "failed") assert.ok((countLeaves(tree)["failed"] ?? 0) + (countLeaves(tree)["timeout"] ?? 0) > 0);
    }),
  );
});
