import assert from "node:assert/strict";
import { test } from "node:test";
import { breakText, cutText, textWidth } from "../../../core/contract/text-width.ts";

const widths: readonly (readonly [string, number])[] = [
  ["abc", 3],
  ["日本", 4],
  ["e\u0301", 1],
  ["🚀", 2],
];
for (const [text, width] of widths) test(`${text} is ${width} columns wide`, () => assert.equal(textWidth(text), width));

const cuts: readonly (readonly [string, number, string])[] = [
  ["abcdef", 6, "abcdef"],
  ["abcdef", 5, "abcd…"],
  ["日本語", 5, "日本…"],
  ["日本語", 4, "日…"],
  ["abc", 0, ""],
];
for (const [text, columns, cut] of cuts) test(`${text} in ${columns} columns is "${cut}"`, () => assert.equal(cutText(text, columns), cut));

const breaks: readonly (readonly [string, number, readonly string[]])[] = [
  ["abc", 3, ["abc"]],
  ["abcdefg", 3, ["abc", "def", "g"]],
  ["日本語", 3, ["日", "本", "語"]],
  ["", 3, [""]],
];
for (const [text, columns, parts] of breaks) test(`"${text}" in pieces of ${columns} columns`, () => assert.deepEqual(breakText(text, columns), parts));
