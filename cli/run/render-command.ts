import type { Option } from "commander";
import { runOptions } from "../commands/run-options.ts";
import type { RunFlags } from "./options.ts";

/** The command that says what a run is, for its tarball: values of variables and sources of secrets are left out, and so is what stands for a login in an address. At most 4,096 characters. */
export function renderCommand(flags: RunFlags): string {
  const command = ["asdic", "run", ...hideValues(listRunOptions(flags))].map(quoteWord).join(" ");
  return command.length <= longest ? command : `${command.slice(0, longest).toWellFormed()}…`;
}

const longest = 4096;

/** What was typed, or stands in a config file, of the options that say what a run is, as words. */
export function listRunOptions(flags: RunFlags): readonly string[] {
  const values: Readonly<Record<string, unknown>> = flags;
  // Options may have Sonobuoy's names besides; what is printed is ours, which comes first.
  const options = new Map(runOptions.toReversed().map((option) => [option.attributeName(), option]));
  return runOptions
    .filter((option) => option.negate || options.get(option.attributeName()) === option)
    .flatMap((option) => renderOption(option, values[option.attributeName()]));
}

/** Nothing where it was not typed, or says what would be anyway. */
function renderOption(option: Option, value: unknown): readonly string[] {
  const name = option.short ?? option.long ?? "";
  if (option.negate) return value === false ? [name] : [];
  if (value === option.defaultValue || value === false) return [];
  if (value === true) return [name];
  return (Array.isArray(value) ? value : [value]).flatMap((each) => (typeof each === "string" ? [name, each] : []));
}

const hideValues = (words: readonly string[]): readonly string[] =>
  words.map((word, index) =>
    secretive.has(words[index - 1] ?? "") ? word.replace(/=[^]*$/, "=…") : word.replace(/:\/\/[^/?#]*@/, "://…@").replace(/(:\/\/[^?#]*)[?#][^]*$/, "$1?…"),
  );

const secretive: ReadonlySet<string> = new Set(["--plugin-env", "--secret", "--annotation"]);

/** A word as a POSIX shell reads it back. */
export const quoteWord = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
