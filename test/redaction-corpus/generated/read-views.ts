import { gunzipSync } from "node:zlib";

/** All that a person can read out of a file: its text, and what is in it unescaped, URL-decoded, and decoded from base64, hexadecimal and gzip, some levels deep. */
export function readViews(content: Buffer, depth = 3): readonly string[] {
  const opened = gunzip(content) ?? content;
  const views = unescaped(opened.toString(isUtf16(opened) ? "utf16le" : "utf8"));
  if (depth === 0) return views;
  return [...views, ...views.flatMap(decodeRuns).flatMap((inner) => readViews(inner, depth - 1))];
}

/** Whether a secret, or for a long one twelve characters of it in a row, can be read in one of the views. */
export function isReadable(secret: string, views: readonly string[]): boolean {
  if (secret.length < longSecret) return views.some((view) => view.includes(secret));
  const parts = Array.from({ length: secret.length - partLength + 1 }, (_, at) => secret.slice(at, at + partLength));
  return views.some((view) => parts.some((part) => view.includes(part)));
}

const longSecret = 20;
const partLength = 12;

function gunzip(content: Buffer): Buffer | undefined {
  if (content[0] !== 0x1f || content[1] !== 0x8b) return undefined;
  try {
    return gunzipSync(content);
  } catch {
    return undefined;
  }
}

/** With its mark, or, as PowerShell encodes commands, with a zero after each of the first letters. */
const isUtf16 = (bytes: Buffer): boolean => (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes.length > 8 && [1, 3, 5, 7].every((at) => bytes[at] === 0));

function unescaped(text: string): readonly string[] {
  const views = new Set([text]);
  let view = text;
  for (let level = 0; level < 4; level++) {
    view = view.replaceAll(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (whole, code: string | undefined, letter: string | undefined) =>
      code === undefined ? (escapes.get(letter ?? "") ?? letter ?? whole) : String.fromCodePoint(Number.parseInt(code, 16)),
    );
    views.add(view);
  }
  return [decodeUrl, decodeUrl, decodeXml, unfold].reduce((known, decode) => [...new Set([...known, ...known.map(decode)])], [...views]);
}

const decodeUrl = (text: string): string => text.replaceAll(/(?:%[0-9a-fA-F]{2})+/g, (bytes) => Buffer.from(bytes.replaceAll("%", ""), "hex").toString("utf8"));
const decodeXml = (text: string): string =>
  text
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code) % 0x110000))
    .replaceAll("&amp;", "&")
    .replaceAll("&quot;", '"')
    .replaceAll("&lt;", "<");
const unfold = (text: string): string => text.replaceAll(/\n +/g, " ");

const escapes: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
]);

/** Runs of base64 are read from each of four places, because what stands before may look like a part of them. */
function decodeRuns(view: string): readonly Buffer[] {
  const folded = view.replaceAll(/([A-Za-z0-9+/]{60,76})\r?\n *(?=[A-Za-z0-9+/])/g, "$1");
  const runs = new Set([...view.matchAll(base64Run), ...folded.matchAll(base64Run)].map(([run]) => run));
  const hexadecimal = [...view.matchAll(/(?:[0-9a-f]{2}){8,}/g)].map(([run]) => Buffer.from(run, "hex"));
  return [...[...runs].flatMap((run) => [0, 1, 2, 3].map((start) => Buffer.from(run.slice(start), "base64"))), ...hexadecimal].filter(isPromising);
}

const base64Run = /[A-Za-z0-9+/_-]{12,}={0,2}/g;

const isPromising = (bytes: Buffer): boolean => (bytes[0] === 0x1f && bytes[1] === 0x8b) || isUtf16(bytes) || isText(bytes);

function isText(bytes: Buffer): boolean {
  let strange = 0;
  for (const byte of bytes) if ((byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) || byte > 126) strange++;
  return strange <= bytes.length / 20;
}
