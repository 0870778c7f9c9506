import { isProse } from "../names/is-harmless.ts";
import { isPlausible } from "../names/is-plausible.ts";
import { senseOf } from "../names/secret-name.ts";
import type { Sense } from "../names/secret-name.ts";
import type { Span } from "../rules/rule.ts";
import { locateName } from "./locate-name.ts";
import type { Opening } from "./read-opening.ts";
import { readOpening } from "./read-opening.ts";
import { endOfWord, readValue } from "./read-value.ts";

/** The value that is given to a name in which the literal stands, if the name says that it is secret and the value may be one, whatever stands around it and however it is quoted or escaped. */
export function locateAssignment(text: string, literalAt: number): Span | undefined {
  const name = locateName(text, literalAt);
  if (name === undefined) return undefined;
  const opening = readOpening(text, name);
  if (opening === undefined) return undefined;
  const sense = senseOf(text.slice(name.start, name.end));
  if (sense === undefined) return undefined;
  const value = readValue(text, opening.at, opening);
  if (value === undefined) return undefined;
  const content = text.slice(value.start, value.end);
  // Another name follows: "a-secret": Phase="Pending".
  if (value.start === opening.at && /^[A-Za-z][\w.-]{0,30}=$/.test(content) && /^["']/.test(text.slice(value.end, value.end + 1))) return undefined;
  const isVariable = opening.separator === "=" && /^[A-Z][A-Z0-9]*_[A-Z0-9_]+$/.test(text.slice(name.start, name.end));
  if (!isVariable && isPlain(content, sense, opening)) return undefined;
  // No sentence has an equals sign: a weak password is one too.
  const isAssigned = isVariable || (sense === "password" && /[=-]$/.test(opening.separator));
  const place = isAssigned ? "field" : opening.place === "prose" && value.start > opening.at ? "quoted" : opening.place;
  return isPlausible(content, sense, place) ? { start: value.start, end: endOfWord(text, value) } : undefined;
}

/** Whether a value is the name of a Secret in a text, a sentence about secrets or the next word of one, or what a usage line has for it. */
function isPlain(value: string, sense: Sense, { place, isWholeLine, separator }: Opening): boolean {
  if (place === "prose" && sense === "label" && /^[a-z][a-z0-9]*(?:[-./][a-z0-9]+)+$/.test(value) && !uuid.test(value)) return true;
  if (isWholeLine && separator === ":" && (sentence.test(value) || (/ \S+ /.test(value) && isProse(value.slice(0, value.indexOf(" ")))))) return true;
  if (/^\d{1,2}$/.test(value)) return true;
  if (separator === "--" && /^[A-Z][A-Z_]*\]?$/.test(value)) return true;
  return separator === " " && !/\d|^(?:[A-Z]?[a-z]*[A-Z]){3}/.test(value);
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** "password: must not be empty": several words, none with a digit or a mark, behind a colon. */
const sentence = /^[A-Za-z][a-z']*(?:[ ,]+[A-Za-z']+){2,}[.!?]?(?:$| [(#\w])/;
