import type { CommandUnknownOpts, Option } from "@commander-js/extra-typings";

/** Where in a command line the last word is. */
export type Position = {
  readonly command: CommandUnknownOpts;
  /** What is being typed: a value of this option, an option, or an operand, counted from 0. */
  readonly place: { readonly kind: "value"; readonly option: Option } | { readonly kind: "option" } | { readonly kind: "operand"; readonly index: number };
  /** What of the word is typed of it, and what stands before that: `--format=` of `--format=ht`. */
  readonly current: string;
  readonly before: string;
  /** The value typed last of each option, by its long name. */
  readonly typed: ReadonlyMap<string, string>;
};

/** Follows a command line word by word as commander reads it; the last word, perhaps empty, is the one that is being typed. */
export function findPosition(program: CommandUnknownOpts, words: readonly string[]): Position {
  const typed = new Map<string, string>();
  let [command, index, isOver]: [CommandUnknownOpts, number, boolean] = [program, 0, false];
  let open: Option | undefined;
  for (const word of words.slice(0, -1)) {
    if (isOver) index++;
    else if (word === "--") [isOver, open] = [true, undefined];
    else if (/^-./.test(word)) {
      const { option, value } = readOption(command, word);
      open = option && value === undefined && takesValue(option) ? option : undefined;
      if (option && value !== undefined) typed.set(option.long ?? "", value);
    } else if (open !== undefined) {
      typed.set(open.long ?? "", word);
      if (!open.variadic) open = undefined;
    } else {
      const below = index === 0 ? command.commands.find((one) => [one.name(), ...one.aliases()].includes(word)) : undefined;
      if (below) command = below;
      else index++;
    }
  }
  const current = words.at(-1) ?? "";
  const operand = { command, place: { kind: "operand", index }, current, before: "", typed } as const;
  if (isOver) return operand;
  if (current.startsWith("-")) {
    const { option, value } = readOption(command, current);
    if (option === undefined || value === undefined) return { ...operand, place: { kind: "option" } };
    return { ...operand, place: { kind: "value", option }, current: value, before: current.slice(0, current.length - value.length) };
  }
  return open === undefined ? operand : { ...operand, place: { kind: "value", option: open } };
}

/** The option that a word names, and its value where that is in the same word: `--format=html`, `-nname`. */
function readOption(command: CommandUnknownOpts, word: string): { readonly option: Option | undefined; readonly value?: string } {
  const [name = "", ...rest] = word.split("=");
  if (word.startsWith("--")) {
    const option = command.options.find(({ long }) => long === name);
    return rest.length === 0 ? { option } : { option, value: rest.join("=") };
  }
  const option = command.options.find(({ short }) => short === word.slice(0, 2));
  return option && word.length > 2 && takesValue(option) ? { option, value: word.slice(2) } : { option };
}

const takesValue = ({ required, optional }: Option): boolean => required || optional;
