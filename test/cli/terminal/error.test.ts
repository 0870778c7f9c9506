import assert from "node:assert/strict";
import { test } from "node:test";
import { CommanderError } from "@commander-js/extra-typings";
import { renderError } from "../../../cli/terminal/error.ts";
import { KnownError } from "../../../core/contract/known-error.ts";

const facts = { version: "1.2.3", interrupted: false, typed: [] };

test("a known error is a sentence and a hint, with its own exit code", async () => {
  const error = new KnownError("cluster-refused", "You may not list pods.", { hint: "Ask for it." });
  assert.deepEqual(await renderError(error, facts), { text: "error: You may not list pods.\nAsk for it.\n", exitCode: 3 });
});

test("what comes from a cluster can't steer the terminal, in the sentence or the hint", async () => {
  const { text } = await renderError(new KnownError("cluster-refused", "a\u001B[2J\nb", { hint: "\u202Ec" }), facts);
  assert.equal(text, "error: a\\u{1b}[2J\nb\n\\u{202e}c\n");
});

test("anything else is a bug, with version and stack", async () => {
  const { text, exitCode } = await renderError(new TypeError("x is not a function"), facts);
  assert.equal(exitCode, 70);
  assert.match(text, /^error: This is a bug in asdic 1\.2\.3 \(Node\.js v\d+[^]*TypeError: x is not a function\n +at /);
});

test("what a cluster quotes, and what stands in a bug's trace, loses its secrets; our own words about what was typed stay", async () => {
  const quoted = "env DB_PASSWORD=Zq8rT1vXw0Lp3Nn5 is refused.";
  for (const error of [new KnownError("cluster-refused", quoted), new Error(quoted)])
    assert.match((await renderError(error, facts)).text, /env DB_PASSWORD=REDACTED is refused\./);
  const own = "--secret shop.key: is missing: add --secret shop.key=FILE.";
  assert.equal((await renderError(new KnownError("wrong-usage", own), facts)).text, `error: ${own}\n`);
});

const afterInterruption: readonly (readonly [string, unknown, string])[] = [
  ["an abort", new DOMException("aborted", "AbortError"), "Interrupted.\n"],
  ["its own sentence", new KnownError("interrupted", "The run goes on.", { hint: "Come back." }), "The run goes on.\nCome back.\n"],
  ["another known error", new KnownError("cluster-unreachable", "It is away."), "error: It is away.\n"],
];
for (const [what, error, text] of afterInterruption)
  test(`after Ctrl-C the exit code is 130, whatever was thrown: ${what}`, async () =>
    assert.deepEqual(await renderError(error, { ...facts, interrupted: true }), { text, exitCode: 130 }));

test("wrong use, which commander has printed, is 2; its help is 0", async () => {
  assert.deepEqual(await renderError(new CommanderError(1, "commander.unknownOption", "x"), facts), { text: "", exitCode: 2 });
  assert.deepEqual(await renderError(new CommanderError(0, "commander.helpDisplayed", "x"), facts), { text: "", exitCode: 0 });
});

test("what was typed stays on its line, also behind an equals sign, and lines of the message stay lines", async () => {
  const typed = ["a\nb", "--timeout=c\nd"];
  const { text } = await renderError(new KnownError("wrong-usage", "a\nb: one.\nc\nd: two.", { hint: "Not a\nb." }), { ...facts, typed });
  assert.equal(text, "error: a\\u{a}b: one.\nc\\u{a}d: two.\nNot a\\u{a}b.\n");
});
