import assert from "node:assert/strict";
import { test } from "node:test";
import { wrapText } from "../../../reports/text/wrap-text.ts";

const cases: readonly (readonly [name: string, text: string, lines: number, expected: readonly string[]])[] = [
  ["a text that fits is one line", "a short text", 2, ["  a short text"]],
  ["a longer one is broken between words", "twenty columns wide it is", 2, ["  twenty columns wide", "  it is"]],
  ["what is left out is shown", "twenty columns wide it is, and then some more", 1, ["  twenty columns wide…"]],
  ["a long word is broken", "x".repeat(25), 2, [`  ${"x".repeat(20)}`, "  xxxxx"]],
  ["line ends and controls are no lines of their own", "a\n\nb\u001b[31mc\u202e", 2, ["  a bc\\u{202e}"]],
  ["nothing is an empty line", "", 2, ["  "]],
];
for (const [name, text, lines, expected] of cases) test(name, () => assert.deepEqual(wrapText(text, { columns: 22, indent: 2, lines }), expected));

test("of megabytes only what can be shown is looked at", () => {
  assert.deepEqual(wrapText("y ".repeat(5_000_000), { columns: 22, indent: 2, lines: 1 }), ["  y y y y y y y y y y…"]);
});
