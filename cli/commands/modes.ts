import { Command } from "@commander-js/extra-typings";
import { conformanceModes, defaultMode, modeNames } from "../../plugins/conformance/modes.ts";
import type { CommandContext } from "../command-context.ts";
import { cutText } from "../../core/contract/text-width.ts";

/** `asdic modes`: what the modes of the conformance suite run, as Sonobuoy's `modes`; offline. */
export function modesCommand({ output }: CommandContext): Command {
  const command = new Command("modes");
  command
    .description("Show the modes in which the conformance suite can run, and which tests each of them chooses.")
    .option("-v, --verbose", `whole patterns, also those of more than ${shownCharacters} characters`)
    .option("--json", "as JSON, with whole patterns")
    .addHelpText("after", examples)
    .action(({ verbose, json }) => output.out(json === true ? renderJson() : renderModes(verbose === true ? Infinity : shownCharacters)));
  return command;
}

const shownCharacters = 200;

const examples = `
Examples:
  asdic modes
  asdic modes --json | jq -r '."conformance-lite".skip'
  asdic run -p conformance --mode certified-conformance --permissions admin --wait
`;

const renderJson = (): string =>
  `${JSON.stringify(Object.fromEntries(modeNames.map((name) => [name, { ...conformanceModes[name], isDefault: name === defaultMode }])), null, 2)}\n`;

const renderModes = (columns: number): string => modeNames.map((name) => renderMode(name, columns)).join("\n");

function renderMode(name: (typeof modeNames)[number], columns: number): string {
  const { summary, focus, skip, parallel } = conformanceModes[name];
  const facts = [["focus", focus] as const, ["skip", skip] as const].map(
    ([what, pattern]) => `${what}:`.padEnd(10) + (pattern === "" ? "nothing" : cutText(pattern, columns)),
  );
  return [`${name}${name === defaultMode ? " (default)" : ""}`, summary, ...facts, `parallel: ${parallel ? "yes" : "no"}`]
    .map((line, index) => `${index === 0 ? "" : "  "}${line}\n`)
    .join("");
}
