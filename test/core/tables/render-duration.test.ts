import assert from "node:assert/strict";
import { test } from "node:test";
import { renderDuration } from "../../../core/tables/render-duration.ts";

test("ages are told in the one or two units that matter", () => {
  const [second, minute, hour, day] = [1000, 60_000, 3_600_000, 86_400_000];
  const cases: readonly (readonly [number, string])[] = [
    [-5 * second, "<invalid>"],
    [-second / 2, "0s"],
    [119 * second, "119s"],
    [2 * minute, "2m"],
    [9 * minute + 59 * second, "9m59s"],
    [10 * minute + 5 * second, "10m"],
    [179 * minute, "179m"],
    [3 * hour, "3h"],
    [7 * hour + 5 * minute, "7h5m"],
    [47 * hour, "47h"],
    [2 * day, "2d"],
    [7 * day + 3 * hour, "7d3h"],
    [8 * day + 3 * hour, "8d"],
    [729 * day, "729d"],
    [730 * day, "2y"],
    [800 * day, "2y70d"],
    [8 * 365 * day + day, "8y"],
  ];
  for (const [milliseconds, text] of cases) assert.equal(renderDuration(milliseconds), text);
});
