import assert from "node:assert/strict";
import { test } from "node:test";
import { checkGoPattern } from "../../../plugins/conformance/go-pattern.ts";

test("what Go can read passes unchanged, also where JavaScript has other words for it", () => {
  const fine = [
    "",
    "\\[Conformance\\]",
    "(?i)network|dns",
    "(?i:network)(?U)x*",
    "(?P<name>sig-[a-z]+)",
    "[[:alpha:]_]+\\pL\\p{Greek}\\z",
    "\\Q[sig-network] (DNS)\\E should",
    "\\Qopen (end",
    "[\\x41-Z]",
    "\\(?=",
    "[(?=]",
    "(\\(?i)",
    "[\\]]",
    "[]a]",
    "a{2,5}?",
    "\\\\1",
  ];
  for (const pattern of fine) assert.equal(checkGoPattern("focus", pattern), pattern);
});

test("what no reader accepts is refused with the reason", () => {
  const wrong: readonly [string, RegExp][] = [
    ["(", /Unterminated group/],
    ["a)", /Unmatched '\)'/],
    ["[a", /class|Unterminated/],
    ["*a", /Nothing to repeat/],
    ["x**", /Nothing to repeat/],
    ["[z-a]", /out of order/],
    ["a{5,2}", /out of order/],
    ["ends\\", /\\ at end/],
  ];
  for (const [pattern, reason] of wrong) assert.throws(() => checkGoPattern("skip", pattern), reason, pattern);
});

test("what only JavaScript accepts is refused, because the suite would end with it minutes later", () => {
  for (const pattern of ["(?=x)", "a(?!x)", "(?<=x)a", "(?<!x)a"]) assert.throws(() => checkGoPattern("focus", pattern), /look-ahead/, pattern);
  assert.throws(() => checkGoPattern("focus", "(a)\\1"), /back-references/);
});
