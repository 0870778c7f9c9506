import { isPlausible } from "../names/is-plausible.ts";
import { senseOf } from "../names/secret-name.ts";
import type { Span } from "../rules/rule.ts";

/** The value that a sentence tells behind the name of its key: key 'db.password' … with value '…'. `literalAt` is where "with value" stands. */
export function locateFoundValue(text: string, literalAt: number): Span | undefined {
  const name = /(?:key|property|setting) ['"]([\w.[\]-]{1,100})['"][^\n]{0,120}$/i.exec(text.slice(Math.max(0, literalAt - 240), literalAt))?.[1];
  const sense = name === undefined ? undefined : senseOf(name);
  const start = literalAt + "with value '".length;
  const length = /^[^'"\]\n]{1,200}(?=['"\]])/.exec(text.slice(start, start + 204))?.[0].length;
  if (sense === undefined || length === undefined || !isPlausible(text.slice(start, start + length), sense, "field")) return undefined;
  return { start, end: start + length };
}
