import assert from "node:assert/strict";
import { test } from "node:test";
import type { CommandUnknownOpts, Option } from "@commander-js/extra-typings";
import { runOptions } from "../../../cli/commands/run-options.ts";
import { listCommands } from "../../../cli/global-options.ts";
import { allAreas } from "./all-areas.ts";
import { wordsOf } from "./bad-case.ts";
import { wholeProgram } from "../whole-program.ts";

/** Why there is no bad value for an option, or none that could be told apart from a bad one of something else. */
const anyTextIsRight: Readonly<Record<string, string>> = {
  "gen plugin --cmd": "what a container runs is its own affair",
  "gen plugin --arg": "what a container is told is its own affair",
  "gen plugin --description": "it is for people",
  "gen plugin --url": "it is for people; nothing is fetched",
};

/** Options that many commands share, each read by one function, so that one command's bad case is all commands'. */
const shared = ["--kubeconfig", "--context", "--cluster", "--user", "--as", "--as-group", "--request-timeout", "--namespace"];

const program = wholeProgram();
const calls = allAreas.flatMap(({ cases }) => cases.map(wordsOf));
const commands = listCommands(program).filter((command) => command !== program && command.name() !== "help");

test("every command has a bad call", () => {
  const without = commands.map(pathOf).filter((path) => !calls.some((words) => words.join(" ").startsWith(path)));
  assert.deepEqual(without, []);
});

test("every option that takes a value has a bad one, or there is a reason why none can be", () => {
  const without = commands.flatMap((command) => listValued(command).flatMap((option) => (hasBadValue(command, option) ? [] : [nameOf(command, option)])));
  assert.deepEqual(without, Object.keys(anyTextIsRight).toSorted(compareAs(without)));
});

const listValued = (command: CommandUnknownOpts): readonly Option[] =>
  command.options.filter(({ hidden, required, optional }) => !hidden && (required || optional));

function hasBadValue(command: CommandUnknownOpts, { long, short }: Option): boolean {
  const isShared = shared.includes(long ?? "");
  // bad-input.test.ts tries run's on `gen` and `preflight` too.
  const isRun = ["gen", "preflight"].includes(pathOf(command)) && runOptions.some((option) => option.long === long);
  const path = isRun ? "run" : pathOf(command);
  return calls
    .filter((words) => isShared || words.join(" ").startsWith(`${path} `))
    .some((words) => words.some((word) => word === long || word === short || word.startsWith(`${long}=`)));
}

const nameOf = (command: CommandUnknownOpts, { long }: Option): string => `${pathOf(command)} ${long}`;
const pathOf = (command: CommandUnknownOpts): string =>
  command.parent === null ? "" : [pathOf(command.parent), command.name()].filter((part) => part !== "").join(" ");
const compareAs =
  (order: readonly string[]) =>
  (one: string, other: string): number =>
    order.indexOf(one) - order.indexOf(other);
