import assert from "node:assert/strict";
import { test } from "node:test";
import { boundCounts } from "../../../core/results/bound-counts.ts";

test("counts that fit stay as they are", () => {
  const counts = new Map([
    ["passed", 2],
    ["warned", 1],
    ["__proto__", 3],
  ]);
  assert.deepEqual(boundCounts(counts), counts);
});

test("of many or long words none is lost from the sum, and what they take is bounded", () => {
  const words = Array.from({ length: 5000 }, (_, index) => [`${index} ${"ü".repeat(index)}`, 1] as const);
  const bounded = boundCounts(new Map([...words, ["failed", 7]]));
  assert.equal(bounded.get("failed"), 7);
  assert.equal(bounded.get("others"), 4980);
  assert.equal(bounded.size, 22);
  assert.ok(Math.max(...[...bounded.keys()].map(({ length }) => length)) <= 61);
});
