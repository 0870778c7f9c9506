import type { Span } from "../rules/rule.ts";

/** How a value ends: with its line, or at what closes it. */
type Ending = { readonly isWholeLine: boolean; readonly closing?: string | undefined };

const longestValue = 4096;
/** As much of an unquoted value is enough to judge it; if it is a secret, `endOfWord` tells how far it goes. */
const judged = 400;

/** The value that begins at `at`, without its quotes; undefined where there is none. */
export function readValue(text: string, at: number, { isWholeLine, closing }: Ending): Span | undefined {
  if (closing !== undefined) return readUpTo(text, at, closing);
  // Most values stand in plain quotes, and none of what is looked for below begins with one.
  if (text.charCodeAt(at) === doubleQuote && isInside(text.charCodeAt(at + 1))) return readUpTo(text, at + 1, '"') ?? readWord(text, at + 1);
  wrapper.lastIndex = at;
  if (wrapper.test(text)) return readValue(text, wrapper.lastIndex, { isWholeLine: false });
  heredoc.lastIndex = at;
  const body = heredoc.exec(text)?.indices?.groups?.["body"];
  if (body !== undefined) return { start: body[0], end: body[1] };
  opening.lastIndex = at;
  const quote = opening.exec(text)?.[0];
  closingQuote.lastIndex = at;
  if (closingQuote.test(text)) return undefined;
  if (quote !== undefined && quote !== "") return readUpTo(text, at + quote.length, quote) ?? readWord(text, at + quote.length);
  structure.lastIndex = at;
  if (structure.test(text)) return undefined;
  escapedEnd.lastIndex = at;
  if (escapedEnd.test(text)) return undefined;
  if (!isWholeLine) return readWord(text, at);
  const line = readLine(text, at);
  return line === undefined || / [\w.-]{1,64}=/.test(text.slice(line.start, line.end)) ? readWord(text, at) : line;
}

const doubleQuote = 34;

/** Whether a quote in front of this opens a value for sure: letters and digits. */
const isInside = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);

const opening = /(?:"""|'''|\\{0,7}(?:["'`]|u0022)|&quot;|&#34;|%(?:25){0,3}22)?/y;

/** What may stand in front of a quote: Python's b, what Rust and others wrap a value in, and calls that decode it. */
const wrapper =
  /(?:[bruN]{1,2}(?=["'])|(?:Some|Ok|Just|Optional|String|Value|(?:Secret|Sensitive|Password|Redacted)\w{0,20})\((?=["'])|\[\]byte\((?=["'])|(?:\w{1,30}\.){0,3}(?:fromhex|unhexlify|b64decode|b64_decode|decodeBase64|base64_decode|FromBase64String|DecodeString|hex2bin|get\w{0,10}Decoder\(\)\.decode)\((?=b?["'])|Buffer\.from\((?=["'])|new \w{1,20}\((?=["'])|\{(?=[^{}"']{1,100}\};)|\[(?=[^\s[\]"',{}]{0,99}\d[^\s[\]"',{}]{0,99}\]))/y;

/** A quote at the end of a line closes what was opened in front of the name, as in expect "Enter password: ". */
const closingQuote = /["']\)?;?[ \t]{0,20}(?:\r?\n|$)/y;

/** <<-EOT, and lines up to one that is EOT. */
const heredoc = /<<[-~]?["']?([A-Z]{2,12})["']?\r?\n[ \t]{0,40}(?<body>[^\n]{1,400}(?:\n[^\n]{1,400}){0,60}?)\r?\n[ \t]{0,40}\1(?![A-Z])/dy;

/** A mapping or a list of YAML, whose own names tell what is in it. */
const structure = /(?:[{[]\s{0,9}){1,3}["']?[\w./-]{1,64}["']?\s{0,9}[:,\]}]/y;

/** An end of line in a string of JSON: a mapping is below the name. */
const escapedEnd = /\\{1,7}(?:r\\{1,7})?n[ ]{0,40}[\w.-]{1,64}:/y;

function readUpTo(text: string, start: number, closing: string): Span | undefined {
  for (let end = text.indexOf(closing, start); end !== -1 && end - start <= longestValue; end = text.indexOf(closing, end + 1)) {
    // A quote with a backslash of its own in front belongs to the value.
    if (!/["'`]$/.test(closing) || countBackslashes(text, end) % 2 === 0) return start === end ? undefined : { start, end };
    if (text.slice(start, end).includes("\n")) return undefined;
  }
  return undefined;
}

function countBackslashes(text: string, end: number): number {
  let count = 0;
  while (text.charCodeAt(end - 1 - count) === 92) count++;
  return count;
}

/** Up to the end of the line, without a comment behind it. */
function readLine(text: string, at: number): Span | undefined {
  wholeLine.lastIndex = at;
  const content =
    wholeLine
      .exec(text)?.[0]
      .replace(escapedLine, "")
      .trimEnd()
      .replace(/\s#.*$/, "")
      .trimEnd() ?? "";
  return content === "" ? undefined : { start: at, end: at + content.length };
}

/** The end of a line in a string, with what stands behind it: another name, or the end of the string. */
const escapedLine = /\\{1,7}(?:r\\{1,7})?n(?:[ \t]{0,40}[\w.-]{1,64}\s?[:=]|\\{0,7}["']|$).*$/;

/** With the lines on which a backslash at the end of a word without blanks continues it, as properties have them. */
const wholeLine = /(?:[^\s\\]{1,400}\\\r?\n[ \t]{0,40}){0,8}[^\r\n]{0,1000}/y;

/** Where a value really ends of which only the beginning was read. */
export function endOfWord(text: string, { start, end }: Span): number {
  if (end - start < judged) return end;
  rest.lastIndex = end;
  return rest.test(text) ? rest.lastIndex : end;
}

const rest = /[^\s"'<>\\]{0,16000}/y;

function readWord(text: string, at: number): Span | undefined {
  word.lastIndex = at;
  const found = word.exec(text)?.[0] ?? "";
  return found === "" ? undefined : { start: at, end: at + found.length };
}

/** Marks end a word only where something else begins behind them: "a,b" is one word, "a, b" and "a&b=c" are two. */
const word =
  /(?:[^\s"'<>\\,;&)\]}|]|[,;&)\]}|](?![\s,;&)\]}|"'<>\\]|$|[A-Za-z_][\w.-]{0,60}[=:]|#x?[0-9A-Fa-f]{1,4};|(?:lt|gt|quot|amp|apos);))(?:[^\s"'<>\\,;&)\]}|]|[,;&)\]}|](?![\s,;&)\]}|"'<>\\]|$|[A-Za-z_][\w.-]{0,60}[=:]|#x?[0-9A-Fa-f]{1,4};|(?:lt|gt|quot|amp|apos);)){0,399}/y;
