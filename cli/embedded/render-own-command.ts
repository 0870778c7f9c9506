import type { Option } from "commander";
import { runOptions } from "../commands/run-options.ts";
import { renderThreshold } from "../../reports/thresholds/threshold.ts";
import { listThresholds } from "../offline/threshold-options.ts";
import type { Flags } from "../run/run.ts";

/** What the reader types into a shell for the same run on their own cluster: what they typed, without what is about the embedded one. */
export function renderOwnCommand(flags: Flags, environment: NodeJS.ProcessEnv): string {
  const values: Readonly<Record<string, unknown>> = flags;
  // Options may have Sonobuoy's names besides; what is printed is ours, which comes first.
  const options = new Map(runOptions.toReversed().map((option) => [option.attributeName(), option]));
  const words = [
    // npm tells whom it starts by npx.
    ...(environment["npm_command"] === "exec" ? ["npx"] : []),
    "asdic",
    "run",
    ...(flags.manifest === undefined ? [] : ["-f", flags.manifest.file]),
    ...runOptions
      .filter((option) => option.negate || options.get(option.attributeName()) === option)
      .flatMap((option) => renderOption(option, values[option.attributeName()])),
    "--wait",
    ...(flags.retrieve ? [] : ["--no-retrieve"]),
    ...listThresholds(flags).flatMap((threshold) => renderThreshold(threshold).split(" ")),
    ...(flags.waivers === undefined ? [] : ["--waivers", flags.waivers]),
    ...(flags.output === undefined ? [] : ["-o", flags.output]),
  ];
  return words.map(quote).join(" ");
}

/** Nothing where it was not typed, or says what would be anyway. */
function renderOption(option: Option, value: unknown): readonly string[] {
  const name = option.short ?? option.long ?? "";
  if (option.negate) return value === false ? [name] : [];
  if (value === option.defaultValue || value === false) return [];
  if (value === true) return [name];
  return (Array.isArray(value) ? value : [value]).flatMap((each) => (typeof each === "string" ? [name, each] : []));
}

/** As a POSIX shell reads it back. */
const quote = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
