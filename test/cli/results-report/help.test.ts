import assert from "node:assert/strict";
import { test } from "node:test";
import { reportCommand } from "../../../cli/commands/report.ts";
import { resultsCommand } from "../../../cli/commands/results.ts";
import { runCommand } from "./run-command.ts";

for (const [name, argument, make] of [
  ["results", "[file]", resultsCommand],
  ["report", "[file]", reportCommand],
] as const)
  test(`${name} --help says what it takes and has examples of its own`, async () => {
    const { out: help } = await runCommand(make, ["--help"]);
    assert.ok(help.startsWith(`Usage: ${name} [options] ${argument}\n`));
    assert.match(help, new RegExp(`Examples:\n  asdic ${name} run\\.tar\\.gz`));
    assert.match(help, /--fail-on <kinds>/);
  });
