import { isPlausible } from "../names/is-plausible.ts";
import type { Place } from "../names/is-plausible.ts";
import { senseOf } from "../names/secret-name.ts";
import type { Span } from "../rules/rule.ts";
import { endOfWord, readValue } from "./read-value.ts";

/** Characters of a name; it is looked for to both sides of the literal. */
const longestName = 64;

/**
 * The value that is given to a name in which the literal stands, if the name says that it is secret and the value may be one: NAME=value, "name": "value",
 * name := value, --name value, <name>value</name>, whatever stands around it and however it is quoted or escaped.
 */
export function locateAssignment(text: string, literalAt: number): Span | undefined {
  const [nameStart, nameEnd] = boundsOfName(text, literalAt);
  const opening = readOpening(text, nameStart, nameEnd);
  if (opening === undefined) return undefined;
  const name = text.slice(nameStart, nameEnd);
  const sense = senseOf(name);
  if (sense === undefined) return undefined;
  const value = readValue(text, opening.at, { isWholeLine: opening.isWholeLine, closing: opening.closing });
  if (value === undefined) return undefined;
  const content = text.slice(value.start, value.end);
  if (opening.place === "prose" && sense === "label" && /^[a-z][a-z0-9]*(?:[-./][a-z0-9]+)+$/.test(content)) return undefined;
  if (opening.isWholeLine && isSentence(content, opening.separator)) return undefined;
  // Another name follows: "a-secret": Phase="Pending".
  if (content.endsWith("=") && /^["']/.test(text.slice(value.end, value.end + 1))) return undefined;
  if (opening.separator === " " && !/\d/.test(content)) return undefined;
  // No sentence has an equals sign: a weak password is one too.
  const place = sense === "password" && opening.separator.endsWith("=") ? "field" : opening.place;
  return isPlausible(content, sense, place) ? { start: value.start, end: endOfWord(text, value) } : undefined;
}

function boundsOfName(text: string, literalAt: number): readonly [number, number] {
  let [start, end] = [literalAt, literalAt];
  while (start > 0 && literalAt - start < longestName && isNameCode(text.charCodeAt(start - 1))) start--;
  while (end < text.length && end - literalAt < longestName && isNameCode(text.charCodeAt(end))) end++;
  return [start, end];
}

/** Letters, digits, and what joins the words of a name. */
const isNameCode = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95 || code === 45 || code === 46;

/** Where the value begins, and what its surroundings make of it. */
type Opening = { readonly at: number; readonly place: Place; readonly isWholeLine: boolean; readonly separator: string; readonly closing?: string };

function readOpening(text: string, nameStart: number, nameEnd: number): Opening | undefined {
  if (text.charCodeAt(nameStart) === 45) {
    const at = endOf(behindFlag, text, nameEnd);
    if (at !== undefined && text.charCodeAt(at) !== 45) return { at, place: "field", isWholeLine: false, separator: "=" };
  }
  if (text.charCodeAt(nameEnd) === 62 && text.charCodeAt(nameStart - 1) === 60)
    return { at: nameEnd + 1, place: "field", isWholeLine: false, separator: ">", closing: "</" };
  const inCall = text.charCodeAt(nameStart - 2) === 40 ? endOf(behindArgument, text, nameEnd) : undefined;
  if (inCall !== undefined) return { at: inCall, place: "field", isWholeLine: false, separator: "=" };
  behindName.lastIndex = nameEnd;
  const match = behindName.exec(text);
  if (match === null) return readAloneOnLine(text, nameStart, nameEnd);
  if (match[2] === "=" && (text.charCodeAt(nameStart - 1) === 59 || isInConnectionString(text, nameStart))) {
    const at = nameEnd + match[0].length;
    const end = /^[^;"'\r\n<>\\]{1,200}(?=;)/.exec(text.slice(at, at + 201))?.[0].length;
    if (end !== undefined) return { at, place: "field", isWholeLine: false, separator: "=", closing: ";" };
  }
  const [whole, quote = "", separator = "="] = match;
  const isLine = quote === "" && startsLine(text, nameStart);
  return { at: nameEnd + whole.length, place: isLine || quote !== "" ? "field" : "prose", isWholeLine: isLine, separator };
}

/** "password hunter2" as a whole line, as some programs' settings have it; the value must have a digit, or it may be a sentence. */
function readAloneOnLine(text: string, nameStart: number, nameEnd: number): Opening | undefined {
  const at = endOf(behindBlanks, text, nameEnd);
  return at !== undefined && startsLine(text, nameStart) ? { at, place: "prose", isWholeLine: false, separator: " " } : undefined;
}

const behindBlanks = /[ \t]{1,20}(?=[^\s"'=:]{6,200}[ \t]{0,4}(?:\r?\n|$))/y;

/** "User Id=sa; Password=…;": a blank between semicolon and name. */
const isInConnectionString = (text: string, nameStart: number): boolean => text.startsWith("; ", nameStart - 2);

/** "--password hunter2", and the same as two items of a list in JSON or YAML. */
const behindFlag = /(?:[ \t]{1,4}|\\{0,3}["'],\s{0,40}\\{0,3}(?=["'])|["']?[ \t]*\r?\n[ \t]{0,40}- )/y;

/** define('NAME', 'value'), and what other languages call it. */
const behindArgument = /["'],[ \t]{0,20}(?=["'])/y;

const behindName = /(\\{0,3}["'`]|&quot;|\\{1,3}u0022|%22|\])?[ \t]{0,20}(:=|=>|%3[AaDd]|[:=](?![:=]))[ \t]{0,20}/y;

function endOf(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

/** Whether nothing but blanks, a list's dash, a comment's mark or "export" stands in front on its line. */
function startsLine(text: string, nameStart: number): boolean {
  const from = Math.max(0, nameStart - 40);
  const before = text.slice(from, nameStart);
  const line = before.slice(before.lastIndexOf("\n") + 1);
  return (line.length < nameStart - from || from === 0) && /^[ \t]*(?:(?:-|#|;|export|ENV|ARG)[ \t]+)?$/.test(line);
}

/** "password: must not be empty": several words, none with a digit or a mark, behind a colon. */
const isSentence = (value: string, separator: string): boolean => separator === ":" && /^[A-Za-z][a-z']*(?:[ ,]+[A-Za-z']+){2,}[.!?]?$/.test(value);
