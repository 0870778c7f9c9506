import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { progressSchema } from "../../../core/contract/run-status.ts";
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
  it("stays within what a status can say, however large its sums", () => {
    let progress = mergeProgress(undefined, { total: 1e308, appendtotals: true, appendcompleted: -1e308 }, origin);
    progress = mergeProgress(progress, { total: 1e308, appendtotals: true, appendcompleted: -1e308 }, origin);
    assert.deepEqual(progressSchema.parse(JSON.parse(JSON.stringify(progress))), progress);
  });
  it("keeps a bounded length of each text, and of all together, counted as they stand in JSON", () => {
    const long = "\u0000".repeat(10_000);
    const whole = mergeProgress(undefined, { msg: long, failures: Array.from({ length: 100 }, () => long), errors: [long] }, origin);
    assert.deepEqual([whole.msg?.length, whole.failures?.length, whole.failures?.[0]?.length, whole.errors?.[0]?.length], [500, 5, 500, 500]);
    let added = mergeProgress(undefined, { appendfailing: [long] }, origin);
    for (let times = 0; times < 50; times++) added = mergeProgress(added, { appendfailing: [long] }, origin);
    assert.equal(added.failures?.length, 5);
  });
});
