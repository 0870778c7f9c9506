import { renderSafeText } from "../../../cli/terminal/safe-text.ts";
import type { Ended } from "../../faults/run-cli.ts";
import { wordsOf, type BadCase } from "./bad-case.ts";

/** A case as a shell would show it: what was typed, what was said, and how it ended. */
export function renderCase(input: BadCase, { code, stderr }: Ended): string {
  const variables = Object.entries(input.environment ?? {}).map(([name, value]) => `${name}=${quote(value)} `);
  const typed = `$ ${variables.join("")}${["asdic", ...wordsOf(input)].map(quote).join(" ")}${input.input === undefined ? "" : ` <<< ${quote(input.input)}`}`;
  return `${renderSafeText(typed)}\n${stderr}exit ${code}\n`;
}

const quote = (word: string): string => (/^[-\w./:=,@*<>]+$/.test(word) ? word : `'${word}'`);
