import { redactJsonText } from "../objects/redact-json-text.ts";
import type { Redactor } from "../redactor.ts";
import type { Tally } from "../tally.ts";

/** JSON of which each line is a value of its own, as logs have it; undefined if a line is none. */
export function redactLines(redactor: Redactor, text: string, tally: Tally): string | undefined {
  const lines = text.split("\n");
  let isSame = true;
  for (const [index, line] of lines.entries()) {
    if (line.trim() === "") continue;
    const clean = redactJsonText(redactor, line, { tally, depth: 0 });
    if (clean === undefined) return undefined;
    if (clean === line) continue;
    lines[index] = clean;
    isSame = false;
  }
  return isSame ? text : lines.join("\n");
}
