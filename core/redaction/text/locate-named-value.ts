import { isPlausible } from "../names/is-plausible.ts";
import { senseOf } from "../names/secret-name.ts";
import type { Span } from "../rules/rule.ts";
import { readValue } from "./read-value.ts";

/**
 * The value in a pair of fields, if the other one names a secret, in whatever order: {"name": "DB_PASSWORD", "value": "…"}, the same in YAML over lines,
 * with quotes escaped, or as attributes of XML. `literalAt` is where the word "value" stands.
 */
export function locateNamedValue(text: string, literalAt: number): Span | undefined {
  if (text.startsWith("<", literalAt - 1) && text.startsWith(">", literalAt + 5)) return locateElement(text, literalAt);
  behindWord.lastIndex = literalAt;
  if (!behindWord.test(text)) return undefined;
  const isQuoted = !":=".includes(text.charAt(literalAt + "value".length));
  const value = readValue(text, behindWord.lastIndex, { isWholeLine: !isQuoted });
  if (value === undefined) return undefined;
  const content = text.slice(value.start, value.end);
  return isSecret(nameBefore(text, literalAt), content) || isSecret(nameBehind(text, value.end), content) ? value : undefined;
}

const behindWord = /value(?:\\{0,7}["']\s{0,3}:|:|=)[ \t]{0,20}(?!\s)/iy;

/** <name>…</name><value>…</value>, as Hadoop's files have it. */
const element = /<name>([\w.-]{1,100})<\/name>\s{0,40}<$/;

/** The other field's value, where that stands in front. */
function nameBefore(text: string, literalAt: number): string | undefined {
  const plain = plainNameBefore(text, literalAt);
  return plain === undefined ? inFront.exec(text.slice(Math.max(0, literalAt - 200), literalAt))?.[1] : plain || undefined;
}

/** The same of "name":"NAME","value", as API servers write it, most often by far; "" where the field has another name, and undefined where the two stand otherwise. */
function plainNameBefore(text: string, literalAt: number): string | undefined {
  if (!text.endsWith('","', literalAt)) return undefined;
  const end = literalAt - 3;
  let start = end;
  while (end - start <= longestName && isNameCode(text.charCodeAt(start - 1))) start--;
  if (start === end || end - start > longestName || !text.endsWith('":"', start)) return undefined;
  return nameFields.some((field) => text.endsWith(field, start - 3)) ? text.slice(start, end) : "";
}

const longestName = 100;
const nameFields = ["name", "key", "Key", "Name", "id", "flag", "field", "param", "option", "setting", "variable"];

const isNameCode = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95 || code === 46 || code === 45;

/** Of HTML other attributes may stand between the two. */
const inFront = new RegExp(
  String.raw`(?:${nameFields.join("|")})(?:\\{0,7}["'])?\s{0,3}[:=][ \t]{0,20}(?:\\{0,7}["'])?([\w.-]{1,100})(?:\\{0,7}["'])?(?: (?:type|id|class|placeholder|autocomplete)="[\w -]{0,40}"){0,3}\s{0,3},?\s{0,40}(?:\\{0,7}["'])?$`,
);

function locateElement(text: string, literalAt: number): Span | undefined {
  const name = element.exec(text.slice(Math.max(0, literalAt - 200), literalAt))?.[1];
  const value = readValue(text, literalAt + 6, { isWholeLine: false, closing: "</" });
  return value !== undefined && isSecret(name, text.slice(value.start, value.end)) ? value : undefined;
}

function nameBehind(text: string, end: number): string | undefined {
  behindValue.lastIndex = end;
  return behindValue.exec(text)?.[1];
}

const behindValue = /(?:\\{0,7}["'])?\s{0,3},?\s{0,40}(?:\\{0,7}["'])?(?:name|key)(?:\\{0,7}["'])?\s{0,3}[:=][ \t]{0,20}(?:\\{0,7}["'])?([\w.-]{1,100})/iy;

function isSecret(name: string | undefined, content: string): boolean {
  const sense = name === undefined ? undefined : senseOf(name);
  return sense !== undefined && isPlausible(content, sense, "field");
}
