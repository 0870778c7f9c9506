import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { mergeProgress } from "../../../aggregator/ingest/merge-progress.ts";

const origin = { name: "p", node: "n", timestamp: "2026-01-01T00:00:00Z" };

describe("mergeProgress", () => {
  it("replaces the former state with a whole one", () => {
    const before = { msg: "old", total: 9, completed: 8, failures: ["a"] };
    assert.deepEqual(mergeProgress(before, { msg: "new", total: 3, completed: 1 }, origin), { msg: "new", total: 3, completed: 1, ...origin });
  });
  it("adds what says that it is an addition", () => {
    let progress = mergeProgress(undefined, { total: 2, appendtotals: true }, origin);
    progress = mergeProgress(progress, { appendcompleted: 1, msg: "one" }, origin);
    progress = mergeProgress(progress, { appendfailing: ["two"], total: 3, appendtotals: true }, origin);
    assert.deepEqual(progress, { msg: "one", total: 5, completed: 1, failures: ["two"], ...origin });
  });
  it("keeps a bounded list of failures", () => {
    const failures = Array.from({ length: 5000 }, (_, index) => `test ${index}`);
    assert.equal(mergeProgress(undefined, { failures }, origin).failures?.length, 100);
  });
});
