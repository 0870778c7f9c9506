import assert from "node:assert/strict";
import { test } from "node:test";
import { listCommands } from "../../../../cli/global-options.ts";
import { isKnownError } from "../../../../core/contract/known-error.ts";
import { wholeProgram } from "../../whole-program.ts";

const program = wholeProgram();

const reading = listCommands(program).filter(({ options }) => options.some(({ long }) => long === "--config"));

test("run is one of the commands that take a config file", () => assert.ok(reading.some((command) => command.name() === "run")));

for (const command of reading)
  test(`asdic ${command.name()} reads its config file before it does anything`, async () => {
    await assert.rejects(
      program.parseAsync([command.name(), "--config", "gone.yaml"], { from: "user" }),
      (error) => isKnownError(error) && error.exitCode === 2 && error.message === "--config gone.yaml: there is no such file.",
    );
  });
