import type { Place, Redactor } from "../redactor.ts";
import { maskKeyLines } from "../text/mask-key-lines.ts";
import { redactText } from "../text/redact-text.ts";
import { redactJsonText } from "./redact-json-text.ts";

/** Text in which lines are JSON, as audit logs and many programs' own have it: those by their structure, what stands between them as text. The same string where there is nothing to hide. */
export function redactMixedLines(redactor: Redactor, whole: string, place: Place): string {
  const text = maskKeyLines(whole);
  const parts: string[] = [];
  let [between, isSame] = [0, text === whole];
  const add = (part: string, clean: string): void => {
    isSame &&= part === clean;
    parts.push(clean);
  };
  for (let at = 0; at < text.length;) {
    const found = text.indexOf("\n", at);
    const next = found === -1 ? text.length : found + 1;
    const line = text.slice(at, next);
    const clean = line.startsWith("{") && /\}\s*$/.test(line.slice(-8)) ? redactJsonText(redactor, line, place) : undefined;
    if (clean !== undefined) {
      const before = text.slice(between, at);
      add(before, redactText(redactor, before, place));
      add(line, clean);
      between = next;
    }
    at = next;
  }
  const rest = text.slice(between);
  add(rest, redactText(redactor, rest, place));
  return isSame ? whole : parts.join("");
}
