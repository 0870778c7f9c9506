import type { Option } from "commander";
import { runOptions } from "../../commands/run-options.ts";

/** A setting of a config file: the long flag of one of run's options in camelCase, and what it takes. */
export type ConfigKey = {
  readonly name: string;
  readonly option: Option;
  /** "either" is text, or true for the flag that stands alone. */
  readonly takes: "switch" | "text" | "either" | "list";
  /** For a list of pairs, which may be a mapping too: what stands between a pair's parts. */
  readonly separator: string | undefined;
};

/** Every setting, in the order of run's help. Sonobuoy's names for options are only for the command line. */
export const configKeys: readonly ConfigKey[] = runOptions
  .filter((option) => !option.hidden && option.long !== "--config" && !isOpposite(option))
  .map((option) => ({
    name: option.attributeName(),
    option,
    takes: option.variadic ? "list" : option.optional ? "either" : option.required ? "text" : "switch",
    separator: option.variadic ? /<\w[\w.]*(=|:)\w/.exec(option.flags)?.[1] : undefined,
  }));

/** `--no-X` beside an `--X` is that one's false. */
function isOpposite(option: Option): boolean {
  return option.negate && runOptions.some((other) => !other.negate && !other.hidden && other.attributeName() === option.attributeName());
}

/** What a setting of the file becomes: as commander gives it. */
export type FlagValue = string | boolean | readonly string[];
