import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import type { Argument, Option } from "commander";
import { KnownError } from "../core/contract/known-error.ts";
import { nearestName } from "../core/contract/nearest-name.ts";
import { renderSafeText } from "./terminal/safe-text.ts";

/**
 * Makes a command tell wrong use as KnownError "wrong-usage", like everything else that can't be. The border of commander's own messages: it has a method for
 * each of them, which its types don't name; test/cli/bad-input/ sees that each is still called.
 */
export function refuseUsage(command: CommandUnknownOpts): void {
  const path = pathOf(command);
  const refuse = (sentence: string, hint = `\`${path} --help\` shows what it takes.`): never => {
    throw new KnownError("wrong-usage", sentence, { hint });
  };
  Object.assign(command, {
    unknownOption(flag: string) {
      const [name = ""] = flag.split("=", 1);
      if (name !== flag && listFlags(command).includes(name)) refuse(`${safe(flag)}: ${name} takes no value.`);
      refuse(`${safe(flag)}: is no option of \`${path}\`${advise(name, [...listFlags(command), ...listNames(command)])}`);
    },
    unknownCommand: () => {
      const [name = ""] = command.args;
      refuse(`${safe(name)}: is no command of \`${path}\`${advise(name, listNames(command))}`, `\`${path} --help\` lists its commands.`);
    },
    missingMandatoryOptionValue: (option: Option) => refuse(`${path}: ${option.flags} is missing.`),
    missingArgument: (name: string) => refuse(`${path}: <${name}> is missing.`),
    optionMissingArgument: (option: Option) => refuse(`${flagOf(option)}: ${option.flags.replace(/^[^<]*/, "")} is missing behind it.`),
    _conflictingOption: (option: Option, other: Option) =>
      refuse(`${flagOf(option)} and ${flagOf(other)}: can't be used together.`, "Leave one of the two out."),
    _excessArguments(given: readonly string[]) {
      if (Reflect.get(command, "_allowExcessArguments") === true) return;
      const surplus = given.slice(command.registeredArguments.length);
      if (surplus.length > 0) refuse(`${surplus.map(safe).join(" ")}: is more than \`${path}\` takes${advise(surplus[0] ?? "", listNames(command))}`);
    },
    _callParseArg(target: Option | Argument, value: string, previous: unknown) {
      const where = `${"long" in target ? flagOf(target) : `<${target.name()}>`} ${safe(value)}`;
      const words = takesSeveral(target) ? value.split(",").map((word) => word.trim()) : [value];
      if (target.argChoices !== undefined && words.some((word) => target.argChoices?.includes(word) === false))
        return refuse(`${where}: must be one of ${target.argChoices.join(", ")}.`);
      return target.parseArg === undefined ? value : target.parseArg(value, previous);
    },
  });
}

/** `<formats>` says that several may be given with commas between them. */
const takesSeveral = (target: Option | Argument): boolean => "flags" in target && target.flags.endsWith("s>");

function pathOf(command: CommandUnknownOpts): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}

const listNames = (command: CommandUnknownOpts): readonly string[] => command.commands.flatMap((child) => [child.name(), ...child.aliases()]);
const listFlags = (command: CommandUnknownOpts): readonly string[] => command.options.flatMap(({ hidden, long }) => (hidden || !long ? [] : [long]));

const flagOf = ({ long, short, flags }: Option): string => long ?? short ?? flags;

function advise(typed: string, known: readonly string[]): string {
  const nearest = nearestName(typed, known);
  return nearest === undefined ? "." : `; did you mean ${nearest}?`;
}

/** On one line, whatever was typed. */
const safe = (typed: string): string => renderSafeText(typed === "" ? '""' : typed);
