import assert from "node:assert/strict";
import { test } from "node:test";
import { assertGolden } from "../golden.ts";
import { wholeProgram } from "./whole-program.ts";

/** The whole tree of commands, as it is on a terminal of 80 columns. */
const program = wholeProgram();

type AnyCommand = {
  readonly commands: readonly AnyCommand[];
  name(): string;
  outputHelp(): void;
  configureOutput(options: { writeOut(text: string): void }): unknown;
};
const commands = (command: AnyCommand, path: readonly string[]): readonly { readonly path: string; readonly command: AnyCommand }[] => [
  { path: path.join("-"), command },
  ...command.commands.flatMap((child) => commands(child, [...path, child.name()])),
];

for (const { path, command } of commands(program, ["asdic"]))
  test(`${path} --help says what it takes, with an example`, () => {
    let help = "";
    command.configureOutput({ writeOut: (text) => (help += text) });
    command.outputHelp();
    assert.match(help, /\nExamples?:\n  asdic /);
    assertGolden(`cli/help/${path}.txt`, help);
  });
