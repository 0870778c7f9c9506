import assert from "node:assert/strict";
import { test } from "node:test";
import { fitText, renderSafeLines, renderSafeText } from "../../../cli/terminal/safe-text.ts";

const hostile: readonly (readonly [string, string, string])[] = [
  ["clears the screen", "\u001B[2Jgone", "\\u{1b}[2Jgone"],
  ["sets a title", "\u001B]0;owned\u0007", "\\u{1b}]0;owned\\u{7}"],
  ["is an eight-bit escape", "\u009B31mred", "\\u{9b}31mred"],
  ["returns to overwrite", "passed\rfailed", "passed\\u{d}failed"],
  ["goes back", "failed\b\b\b", "failed\\u{8}\\u{8}\\u{8}"],
  ["begins a new line", "a\nb", "a\\u{a}b"],
  ["turns the direction", "a\u202Eb\u2066c", "a\\u{202e}b\\u{2066}c"],
  ["hides", "a\u200B\uFEFF\u00ADb", "a\\u{200b}\\u{feff}\\u{ad}b"],
  ["carries hidden letters", "a\u{E0041}", "a\\u{e0041}"],
  ["is half a character", "a\uD800", "a\uFFFD"],
];
for (const [what, text, safe] of hostile) test(`a text that ${what} is shown as what it is`, () => assert.equal(renderSafeText(text), safe));

test("other languages, emoji and tabs stay as they are", () => {
  const text = "größer\t日本語 👩‍🚀 שלום";
  assert.equal(renderSafeText(text), text);
});

test("several lines stay several lines, whichever their ends", () => assert.equal(renderSafeLines("a\r\nb\n\u001Bc"), "a\nb\n\\u{1b}c"));

test("a text that is to fit one line loses its line ends, and is measured after it was made safe", () => {
  assert.equal(fitText("  a\n\t b\u001B  "), "a b\\u{1b}");
  assert.equal(fitText("\u001B".repeat(100), 10), "\\u{1b}\\u{…");
});
