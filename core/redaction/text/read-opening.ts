import type { Place } from "../names/is-plausible.ts";
import type { Span } from "../rules/rule.ts";
import { readElement } from "./read-element.ts";

/** Where a value begins behind its name, and what the surroundings make of it; `separator` is what stands between the two. */
export type Opening = { readonly at: number; readonly place: Place; readonly isWholeLine: boolean; readonly separator: string; readonly closing?: string };

/** What follows a name in whatever notation, if a value does: NAME=value, "name": "value", name := value, --name value, <name>value</name>, | name | value |. */
export function readOpening(text: string, name: Span): Opening | undefined {
  if (text.charCodeAt(name.start) === dash) {
    const at = endOf(behindFlag, text, name.end);
    if (at !== undefined && text.charCodeAt(at) !== dash) return { at, place: "field", isWholeLine: false, separator: "--" };
  }
  const element = readElement(text, name);
  if (element !== undefined) return { ...element, place: "field", isWholeLine: false, separator: ">" };
  const inCall = /\(\s?["']$/.test(text.slice(name.start - 3, name.start)) ? endOf(behindArgument, text, name.end) : undefined;
  if (inCall !== undefined) return { at: inCall, place: "field", isWholeLine: false, separator: "=" };
  behindName.lastIndex = name.end;
  const match = behindName.exec(text);
  return match === null ? readWithBlanks(text, name) : readAssigned(text, name, match);
}

const [dash, semicolon, dot] = [45, 59, 46];

/** "--password hunter2", the same as two items of a list in JSON or YAML, as two lines of what kubectl describes, and as the kernel's audit writes them. */
const behindFlag =
  /(?:[ \t]{1,4}|(?<=\n([ \t]{2,40})--?[\w-]{1,64})\r?\n\1(?=[^\s:-][^\s:]{3,200}[ \t]{0,4}(?:\r?\n|$))|\\{0,7}["'],\s{0,40}\\{0,7}(?=["'])|["']?[ \t]{0,4}\r?\n[ \t]{0,40}- |" a\d{1,2}=(?="))/y;

/** define('NAME', 'value'), and what other languages call it. */
const behindArgument = /["'],[ \t]{0,20}(?=b?["'])/y;

/** With the length that PHP puts in front of a value. */
const behindName =
  /(\\{0,7}["'`]\]?|&quot;|&#34;|&#39;|\\{1,7}u0022|%(?:25){0,3}22|\]|\*\*)?[ \t]{0,20}(?:, ?(?:_|err|ok) (?=:=))?(:=|=>|->|: ?&?(?:'static )?(?:str|String|string|text) ?=|%(?:25){0,3}3[AaDd]|[:=](?![:=]))[ \t]{0,20}(?:(?<==>[ \t]{0,20})\s{0,20}string\(\d{1,5}\) |\\\r?\n[ \t]{0,20})?/y;

function readAssigned(text: string, name: Span, match: RegExpExecArray): Opening | undefined {
  const [whole, quote = "", separator = "="] = match;
  // The end of an address in quotes, "https://x/token": refused.
  if (quote !== "" && /:\/\/[^\s"']{1,200}\/$/.test(text.slice(Math.max(0, name.start - 210), name.start))) return undefined;
  const at = name.end + whole.length;
  // A question in quotes: expect "password: ".
  const before = text.charAt(name.start - 1);
  if (quote === "" && (before === '"' || before === "'") && text.charAt(at) === before) return undefined;
  if (separator === "=" && isInConnectionString(text, name.start)) {
    const end = /^[^;"'\r\n<>\\]{1,200}(?=;)/.exec(text.slice(at, at + 201))?.[0].length;
    if (end !== undefined) return { at, place: "field", isWholeLine: false, separator: "=", closing: ";" };
  }
  const isLine = quote === "" && startsLine(text, name.start);
  // Nobody writes X-Something of anything but a header.
  const isField = isLine || quote !== "" || /^x-/i.test(text.slice(name.start, name.start + 2));
  return { at, place: isField ? "field" : "prose", isWholeLine: isLine, separator };
}

/** "User Id=sa; Password=…;": perhaps a blank between semicolon and name. */
const isInConnectionString = (text: string, start: number): boolean => text.charCodeAt(start - 1) === semicolon || text.startsWith("; ", start - 2);

/** "password hunter2" as a whole line, as some programs' settings have it, cells of tables, and a name with dots up to the value; the value must have a digit, or it may be a sentence. */
function readWithBlanks(text: string, name: Span): Opening | undefined {
  const loose = { place: "prose", isWholeLine: false, separator: " " } as const;
  if (text.charCodeAt(name.end - 1) === dot && text.charCodeAt(name.end - 2) === dot) return { ...loose, at: name.end, separator: "=" };
  const isCell = /\|[ \t]{0,4}`?$/.test(text.slice(Math.max(0, name.start - 6), name.start));
  const cell = isCell ? endOf(behindCell, text, name.end) : undefined;
  if (cell !== undefined) return { ...loose, at: cell };
  const quoted = endOf(behindWords, text, name.end) ?? (/[A-Z]/.test(text.charAt(name.start)) ? endOf(behindCall, text, name.end) : undefined);
  if (quoted !== undefined) return { ...loose, at: quoted };
  const used = text.startsWith("using ", name.start - 6) && /[\w][_.-]/.test(text.slice(name.start, name.end)) ? endOf(behindUsed, text, name.end) : undefined;
  if (used !== undefined) return { ...loose, at: used };
  const isVariable = /^[A-Z][A-Z0-9_]{2,}$/.test(text.slice(name.start, name.end));
  const at = endOf(behindBlanks, text, name.end) ?? (isVariable ? endOf(behindColumn, text, name.end) : undefined);
  return at !== undefined && startsLine(text, name.start) ? { ...loose, at } : undefined;
}

const behindCell = /`?[ \t]{1,40}\|[ \t]{1,40}/y;
const behindBlanks = /[ \t]{1,20}(?=[^\s"'=:]{6,200}[ \t]{0,4}(?:\r?\n|\\n|$))/y;
/** using db-signing-key "…", and DbPassword(…) as a type shows itself. */
const behindWords = /[ \t](?=\\{0,7}"[^\s"\\]{6,200}\\{0,7}")/y;
/** using DB_PASSWORD … in a sentence; no name of a file follows. */
const behindUsed = / (?![\w-]{1,40}\.\w{2,4}\b)(?=[^\s"'=:,;()]{6,200}[,;)]?(?:\s|$))/y;
const behindCall = /\((?=[^\s()"',]{6,200}\))/y;
/** Of a table as kubectl prints it, or of one whose cells a comma parts. */
const behindColumn = /(?:[ \t]{2,60}(?=[^\s"'=:]{6,200}[ \t]{2})|,(?=[^\s,"']{6,200}(?:[,\r\n]|\\n|$)))/y;

function endOf(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

/** Whether nothing but blanks, a list's dash, a comment's mark or a shell's word for setting something stands in front on its line. */
function startsLine(text: string, nameStart: number): boolean {
  const from = Math.max(0, nameStart - 40);
  const before = text.slice(from, nameStart);
  const line = /(?:^|\n|\\n)((?:(?!\\n)[^\n])*)$/.exec(before)?.[1] ?? before;
  return (
    (line.length < nameStart - from || from === 0) && /^[ \t]*(?:(?:-|#|;|\/\/|export|declare -x|setx|setenv|set(?: -[a-zU]{1,3})?|ENV|ARG)[ \t]+)?$/.test(line)
  );
}
