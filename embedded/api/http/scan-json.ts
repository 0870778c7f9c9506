/** What is wrong with a JSON text in the words of Go's decoder, or which fields stand twice in it: "spec.replicas". Source: encoding/json, scanner.go. */
export function scanJson(text: string): { readonly error: string } | { readonly duplicates: readonly string[] } {
  const duplicates: string[] = [];
  const scan: Scan = { text, at: 0, duplicates };
  try {
    readValue(scan, "", 0);
    skipSpace(scan);
    if (scan.at < text.length) throw unexpected(scan, "after top-level value");
    return { duplicates };
  } catch (error) {
    if (error instanceof SyntaxError) return { error: error.message };
    throw error;
  }
}

type Scan = { readonly text: string; at: number; readonly duplicates: string[] };

/** Go stops at 10000; objects of this depth are nobody's, and everything behind may recurse. */
const maxDepth = 1000;

function readValue(scan: Scan, path: string, depth: number): void {
  if (depth > maxDepth) throw new SyntaxError("exceeded max depth");
  skipSpace(scan);
  const first = scan.text[scan.at];
  if (first === "{") readObject(scan, path, depth);
  else if (first === "[") readArray(scan, path, depth);
  else if (first === '"') readString(scan);
  else if (first === "t") readLiteral(scan, "true");
  else if (first === "f") readLiteral(scan, "false");
  else if (first === "n") readLiteral(scan, "null");
  else if (first !== undefined && /[-0-9]/.test(first)) readNumber(scan);
  else throw unexpected(scan, "looking for beginning of value");
}

function readObject(scan: Scan, path: string, depth: number): void {
  const seen = new Set<string>();
  scan.at++;
  skipSpace(scan);
  if (take(scan, "}")) return;
  for (;;) {
    skipSpace(scan);
    if (scan.text[scan.at] !== '"') throw unexpected(scan, "looking for beginning of object key string");
    const key = readString(scan);
    const place = path === "" ? key : `${path}.${key}`;
    if (seen.has(key)) scan.duplicates.push(place);
    seen.add(key);
    skipSpace(scan);
    if (!take(scan, ":")) throw unexpected(scan, "after object key");
    readValue(scan, place, depth + 1);
    skipSpace(scan);
    if (take(scan, "}")) return;
    if (!take(scan, ",")) throw unexpected(scan, "after object key:value pair");
  }
}

function readArray(scan: Scan, path: string, depth: number): void {
  scan.at++;
  skipSpace(scan);
  if (take(scan, "]")) return;
  for (let index = 0; ; index++) {
    readValue(scan, `${path}[${index}]`, depth + 1);
    skipSpace(scan);
    if (take(scan, "]")) return;
    if (!take(scan, ",")) throw unexpected(scan, "after array element");
  }
}

function readString(scan: Scan): string {
  const from = scan.at++;
  for (;;) {
    const character = scan.text[scan.at];
    if (character === undefined || character < " ") throw unexpected(scan, "in string literal");
    scan.at++;
    if (character === '"') return String(JSON.parse(scan.text.slice(from, scan.at)));
    if (character !== "\\") continue;
    const escape = scan.text[scan.at] ?? "";
    if (escape === "" || !'"\\/bfnrtu'.includes(escape)) throw unexpected(scan, "in string escape code");
    scan.at++;
    if (escape !== "u") continue;
    for (let digit = 0; digit < 4; digit++) readOne(scan, /[0-9a-fA-F]/, "in \\u hexadecimal character escape");
  }
}

function readNumber(scan: Scan): void {
  take(scan, "-");
  if (!take(scan, "0")) readDigits(scan, "in numeric literal");
  if (take(scan, ".")) readDigits(scan, "after decimal point in numeric literal");
  if (!take(scan, "e") && !take(scan, "E")) return;
  if (!take(scan, "+")) take(scan, "-");
  readDigits(scan, "in exponent of numeric literal");
}

function readDigits(scan: Scan, where: string): void {
  readOne(scan, /[0-9]/, where);
  while (/[0-9]/.test(scan.text[scan.at] ?? "")) scan.at++;
}

function readLiteral(scan: Scan, literal: string): void {
  for (const wanted of literal) if (!take(scan, wanted)) throw unexpected(scan, `in literal ${literal} (expecting '${wanted}')`);
}

function readOne(scan: Scan, allowed: RegExp, where: string): void {
  if (!allowed.test(scan.text[scan.at] ?? "")) throw unexpected(scan, where);
  scan.at++;
}

function take(scan: Scan, character: string): boolean {
  if (scan.text[scan.at] !== character) return false;
  scan.at++;
  return true;
}

function skipSpace(scan: Scan): void {
  while (" \t\r\n".includes(scan.text[scan.at] ?? "x")) scan.at++;
}

const minding = /^in literal |numeric literal$|escape/;

function unexpected({ text, at }: Scan, where: string): SyntaxError {
  // Go's scanner reads a blank behind the end, which only some of its states mind.
  const code = text.codePointAt(at) ?? (minding.test(where) ? 0x20 : undefined);
  if (code === undefined) return new SyntaxError("unexpected end of JSON input");
  const character = String.fromCodePoint(code);
  const quoted = character === "'" ? "\\'" : character === '"' ? '"' : JSON.stringify(character).slice(1, -1);
  return new SyntaxError(`invalid character '${quoted}' ${where}`);
}
