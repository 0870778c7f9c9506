import assert from "node:assert/strict";
import { test } from "node:test";
import { describeFact } from "../../reports/describe-fact.ts";
import { listFacts } from "../../reports/list-facts.ts";

test("texts that reports show on their own are no facts", () => {
  const details = { failure: "f", error: "e", "system-out": "o", "system-err": "e", duration: 1, classname: "c", skipped: "s", count: 2 };
  assert.deepEqual(listFacts(details), { facts: [{ path: ["count"], value: 2 }], more: false });
});

test("nested values keep the keys that lead to them; lists of words are one value", () => {
  const { facts } = listFacts({ a: { b: { c: null } }, list: ["x", 1], objects: [{ d: true }], odd: Number.NaN });
  assert.deepEqual(facts, [
    { path: ["a", "b", "c"], value: null },
    { path: ["list"], value: "x, 1" },
    { path: ["objects", "0", "d"], value: true },
    { path: ["odd"], value: "NaN" },
  ]);
});

test("a bomb of aliases, a deep and a wide value stay small and say that there is more", () => {
  let bomb: unknown = "x";
  for (let level = 0; level < 60; level++) bomb = { a: bomb, b: bomb };
  const wide = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`k${index}`, "x".repeat(1000)]));
  for (const details of [{ bomb }, wide]) {
    const { facts, more } = listFacts(details);
    assert.ok(facts.length <= 64);
    assert.ok(more);
    assert.ok(JSON.stringify(facts).length < 64 * 1200);
  }
});

const described: readonly (readonly [string, string | number | boolean | null, string, string])[] = [
  ["totalBytes", 25_276_510_208, "total", "23.5 GiB"],
  ["swapFreeBytes", 0, "swap free", "0 B"],
  ["uptimeSeconds", 4686.08, "uptime", "1 h 18 min"],
  ["offsetMilliseconds", 17.433349609375, "offset", "17.43 ms"],
  ["last10Seconds", 15.35, "last 10 seconds", "15.35"],
  ["readOnly", true, "read only", "yes"],
  ["cpus", null, "cpus", "–"],
  ["Some KEY", "a\nb", "Some KEY", "a b"],
  ["sizeBytes", "many", "size bytes", "many"],
];
for (const [key, value, label, line] of described)
  test(`${key} ${JSON.stringify(value)} is shown as "${label}: ${line}"`, () => assert.deepEqual(describeFact({ path: [key], value }), { label, line }));
