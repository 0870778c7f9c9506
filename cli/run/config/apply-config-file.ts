import type { CommandContext } from "../../command-context.ts";
import { renderSafeText } from "../../terminal/safe-text.ts";
import type { TypedCommand } from "../options/config-file.ts";
import { readConfigFile } from "./read-config-file.ts";

/** A command's flags with what its config file says in place of defaults; the order of what was typed doesn't matter. Notes say what of the file isn't used. */
export async function applyConfigFile<Flags extends { readonly config: string }>(context: CommandContext, command: TypedCommand, flags: Flags): Promise<Flags> {
  const isTyped = (name: string): boolean => command.getOptionValueSource(name) === "cli";
  const file = await readConfigFile(flags.config, context.cwd);
  const untyped = [...file.flags].filter(([name]) => !isTyped(name));
  const replaced = untyped.flatMap(([name]) => findReplacement(name, isTyped));
  const unused = replaced.map(({ name, by }) => `${name} is not used, because ${by} was typed.`);
  for (const note of [...file.notes, ...unused]) context.output.err(`note: ${renderSafeText(`${flags.config}: ${note}`)}\n`);
  return { ...flags, ...Object.fromEntries(untyped.filter(([name]) => !replaced.some((other) => other.name === name))) };
}

/** Settings of which one takes the place of another: who types one doesn't want the other's from a file. */
const alternatives: readonly (readonly (readonly string[])[])[] = [
  [["mode"], ["e2eFocus", "e2eSkip"], ["rerunFailed"]],
  [["e2eRepo"], ["e2eRepoConfig"]],
  [["permissions"], ["aggregatorPermissions"]],
];

function findReplacement(name: string, isTyped: (name: string) => boolean): readonly { readonly name: string; readonly by: string }[] {
  const groups = alternatives.find((each) => each.some((group) => group.includes(name))) ?? [];
  const by = groups
    .filter((group) => !group.includes(name))
    .flat()
    .find(isTyped);
  return by === undefined ? [] : [{ name, by: `--${by.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}` }];
}
