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

/** The value that a statement sets where the name stands behind it: SET v = '…' WHERE k = 'db.password'. `literalAt` is the blank in front of WHERE. */
export function locateUpdated(text: string, literalAt: number): Span | undefined {
  const name = /^ where [\w."`]{1,60} ?= ?'([\w./-]{1,80})'/i.exec(text.slice(literalAt, literalAt + 160))?.[1];
  const sense = name === undefined ? undefined : senseOf(name);
  const value = sense === undefined ? undefined : /= ?'([^'\n]{1,300})'$/.exec(text.slice(Math.max(0, literalAt - 310), literalAt))?.[1];
  if (sense === undefined || value === undefined || !isPlausible(value, sense, "field")) return undefined;
  return { start: literalAt - 1 - value.length, end: literalAt - 1 };
}
