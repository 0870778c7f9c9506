import assert from "node:assert/strict";
import { test } from "node:test";
import { listCommands } from "../../../../cli/global-options.ts";
import { createProgram } from "../../../../cli/program.ts";
import { isKnownError } from "../../../../core/contract/known-error.ts";

const program = createProgram({
  output: { out() {}, err() {}, isTerminal: false, columns: 80, colours: false },
  environment: {},
  signal: new AbortController().signal,
  now: () => new Date(0),
  cwd: import.meta.dirname,
  setExitCode() {},
});

const reading = listCommands(program).filter(({ options }) => options.some(({ long }) => long === "--config"));

test("run is one of the commands that take a config file", () => assert.ok(reading.some((command) => command.name() === "run")));

for (const command of reading)
  test(`asdic ${command.name()} reads its config file before it does anything`, async () => {
    await assert.rejects(
      program.parseAsync([command.name(), "--config", "gone.yaml"], { from: "user" }),
      (error) => isKnownError(error) && error.exitCode === 2 && error.message === "--config gone.yaml: there is no such file.",
    );
  });
