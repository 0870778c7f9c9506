import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { findPatternProblem } from "../../../plugins/conformance/find-pattern-problem.ts";

const recorded = JSON.parse(readFileSync(join(import.meta.dirname, "../../fixtures/conformance/go-patterns.json"), "utf8")) as {
  readonly accepted: readonly string[];
  readonly refused: readonly string[];
};

test("what Go's regexp accepts is accepted, and what it refuses is refused, over a thousand patterns that were given to it", () => {
  assert.deepEqual(
    recorded.accepted.filter((pattern) => findPatternProblem(pattern) !== undefined),
    [],
  );
  assert.deepEqual(
    recorded.refused.filter((pattern) => findPatternProblem(pattern) === undefined),
    [],
  );
});

const refused: readonly (readonly [pattern: string, at: number, text: string, message: RegExp])[] = [
  ["ab(c", 3, "(", /not closed/],
  ["a(b(c)", 2, "(", /not closed/],
  ["a)", 2, ")", /no group is open/],
  ["x[a-", 2, "[", /class is not closed/],
  ["[z-a]", 1, "[z-a", /out of order/],
  ["[[:nope:]]", 1, "[[:nope:]", /no class \[:nope:\]/],
  ["*a", 1, "*", /nothing before it/],
  ["a|+", 3, "+", /nothing before it/],
  ["ax**", 4, "*", /can't be repeated/],
  ["a{5,2}", 2, "{5,2}", /out of order/],
  ["a{1001}", 2, "{1001}", /at most 1000 times/],
  ["😀(?=x)", 2, "(?=", /no look-ahead/],
  ["a(?!x)", 2, "(?!", /no look-ahead/],
  ["(?<=x)a", 1, "(?<=", /no look-behind/],
  ["(?<!x)a", 1, "(?<!", /no look-behind/],
  ["(?>x)", 1, "(?>", /no such group/],
  ["(a)\\1", 4, "\\1", /no back-references/],
  ["(?P<n>a)\\k<n>", 9, "\\k", /no back-references/],
  ["a\\Z", 2, "\\Z", /no such escape/],
  ["\\p{Klingon}", 1, "\\p{Klingon}", /no such set/],
  ["ends\\", 5, "\\", /at the end/],
];
for (const [pattern, at, text, message] of refused)
  test(`${pattern} is refused with its place and reason`, () => {
    const problem = findPatternProblem(pattern);
    assert.deepEqual([problem?.at, problem?.text], [at, text]);
    assert.match(problem?.message ?? "", message);
  });

test("groups may be nested a thousand deep", () => {
  const nested = (depth: number): string => "(".repeat(depth) + ")".repeat(depth);
  assert.equal(findPatternProblem(nested(1000)), undefined);
  assert.match(findPatternProblem(nested(1001))?.message ?? "", /more than 1000 deep/);
});
