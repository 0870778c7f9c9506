import assert from "node:assert/strict";
import { test } from "node:test";
import { checkGoPattern, longestPattern, quoteName } from "../../../plugins/conformance/go-pattern.ts";

test("a pattern that Go reads has no problem", () => {
  for (const pattern of ["", "\\[Conformance\\]", "(?i)network|dns", "\\Q[sig-network] (DNS)\\E should"])
    assert.equal(checkGoPattern("--e2e-focus", pattern), undefined);
});

test("the flag, the place and the reason are named, and a long piece is cut", () => {
  assert.equal(checkGoPattern("--e2e-skip", "a(?=b)"), '--e2e-skip: character 2, "(?=": Go knows no look-ahead.');
  assert.equal(
    checkGoPattern("--e2e-focus", `[${"b".repeat(30)}z-a]`),
    `--e2e-focus: character 1, "[${"b".repeat(19)}…": a range in the class is out of order.`,
  );
});

test("a pattern that no process can be told is refused", () => {
  assert.equal(checkGoPattern("--e2e-focus", "a".repeat(longestPattern)), undefined);
  assert.match(checkGoPattern("--e2e-focus", "é".repeat(longestPattern / 2 + 1)) ?? "", /^--e2e-focus: the pattern has 128 KiB, and/);
});

test("a quoted name matches itself", () => {
  const name = '[sig-node] Probing *not* (a.b|c) {d} ^e$ "cat /tmp/health" \\f+?';
  assert.equal(checkGoPattern("--e2e-focus", quoteName(name)), undefined);
  assert.equal(new RegExp(`^${quoteName(name)}$`).test(name), true);
  assert.equal(new RegExp(quoteName("a.b")).test("axb"), false);
});
