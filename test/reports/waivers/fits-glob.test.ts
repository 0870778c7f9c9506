import assert from "node:assert/strict";
import { test } from "node:test";
import { fitsGlob } from "../../../reports/waivers/fits-glob.ts";

const cases: readonly (readonly [pattern: string, text: string, fits: boolean])[] = [
  ["worker-9", "worker-9", true],
  ["worker-9", "worker-90", false],
  ["worker-*", "worker-9", true],
  ["worker-*", "worker-", true],
  ["*", "", true],
  ["", "", true],
  ["", "a", false],
  ["*storage*", "test:e2e:[sig-storage] x", true],
  ["*[sig-storage]*", "test:e2e:[sig-apps] x", false],
  ["a*b*c", "a-b-b-c", true],
  ["a*b*c", "a-b-b-d", false],
  ["a.c", "abc", false],
  ["**", "anything at all", true],
];
for (const [pattern, text, fits] of cases)
  test(`${JSON.stringify(pattern)} ${fits ? "fits" : "does not fit"} ${JSON.stringify(text)}`, () => assert.equal(fitsGlob(pattern, text), fits));

test("a pattern of many stars on a long text that it nearly fits is judged at once", () => {
  assert.equal(fitsGlob(`${"*a".repeat(500)}b`, "a".repeat(5000)), false);
});
