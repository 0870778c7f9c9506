import assert from "node:assert/strict";
import { test } from "node:test";
import { isSelected } from "../../../core/snapshot/match-name.ts";

const cases: readonly (readonly [only: string, except: string, name: string, expected: boolean])[] = [
  ["", "", "a", true],
  ["a", "", "a", true],
  ["a", "", "ab", false],
  ["A", "", "a", true],
  ["kube-*", "", "kube-system", true],
  ["kube-*", "", "my-kube-system", false],
  ["*-system", "", "kube-system", true],
  ["a*a", "", "a", false],
  ["a*b*c", "", "a1b2c", true],
  ["a*b*c", "", "a1c2b", false],
  ["*", "b", "b", false],
  ["", "*", "a", false],
  ["a.c", "", "abc", false],
];
for (const [only, except, name, expected] of cases)
  test(`${name} of ${only || "all"} but ${except || "none"}: ${expected ? "taken" : "left"}`, () => {
    const list = (text: string): string[] => (text === "" ? [] : text.split(" "));
    assert.equal(isSelected({ only: list(only), except: list(except) }, [name]), expected);
  });

test("a pattern of many stars takes no time", () => assert.equal(isSelected({ only: [`${"*a".repeat(2000)}b`], except: [] }, ["a".repeat(100_000)]), false));
