import { isPlausible } from "../names/is-plausible.ts";
import { senseOf } from "../names/secret-name.ts";
import type { Span } from "../rules/rule.ts";

/** The second of two values of a secret's name: app_secret = "…" -> "…". `literalAt` is where the first one's quote ends. */
export function locateChanged(text: string, literalAt: number): Span | undefined {
  const name = /([\w.-]{1,80})\s{1,40}= \\{0,3}"[^"\n]{0,300}$/.exec(text.slice(Math.max(0, literalAt - 420), literalAt))?.[1];
  const sense = name === undefined ? undefined : senseOf(name);
  const start = literalAt + '" -> "'.length;
  const length = /^[^"\\\n]{1,400}(?=\\{0,3}")/.exec(text.slice(start, start + 404))?.[0].length;
  if (sense === undefined || length === undefined) return undefined;
  return isPlausible(text.slice(start, start + length), sense, "field") ? { start, end: start + length } : undefined;
}
