import { isJsonObject, type JsonObject } from "../../contract/json.ts";
import { parseJson } from "../parse-json.ts";
import { RequestFailure } from "../requests/request-failure.ts";
import type { ListItem } from "./list-item.ts";

/** The objects of a list as the bytes that came, some at a time; `metadata` is the list's own once all have come. */
export type SplitList = { readonly items: AsyncIterable<readonly ListItem[]>; readonly metadata: () => JsonObject; readonly dropped: () => number };

/**
 * Cuts a list into its objects while it comes, without taking them for values: numbers and unknown fields stay to the letter. Objects over 64 MiB are dropped
 * and counted. `onStart` hears of what metadata stands before the objects, which is all of it where an API server speaks.
 */
export function splitItems(body: AsyncIterable<Buffer>, onStart?: (metadata: JsonObject) => void): SplitList {
  const cutter = createCutter((head) => onStart?.(parseMetadata(parseJson(Buffer.from(`${head}]}`, "latin1")))));
  async function* read(): AsyncGenerator<readonly ListItem[]> {
    for await (const chunk of body) {
      const items = cutter.cut(chunk);
      if (items.length > 0) yield items;
    }
  }
  return { items: read(), metadata: () => parseEnvelope(cutter.envelope()), dropped: () => cutter.dropped() };
}

const maxItemBytes = 64 * 1024 * 1024;
const maxEnvelopeBytes = 4 * 1024 * 1024;

const [quote, backslash, openBrace] = [0x22, 0x5c, 0x7b];
const [opens, closes, begins] = [1, 2, 3];
/** What each byte means outside of texts. */
const marks = new Uint8Array(256);
for (const [characters, mark] of [
  ["{[", opens],
  ["}]", closes],
  ['"', begins],
] as const)
  for (const character of characters) marks[character.charCodeAt(0)] = mark;

type Cutter = { cut(chunk: Buffer): readonly ListItem[]; envelope(): string; dropped(): number };

/** Knows of JSON only what opens and closes. What is not inside the list of objects is the envelope. */
function createCutter(onStart: (head: string) => void): Cutter {
  let [depth, isText, isEscaped, size, dropped] = [0, false, false, 0, 0];
  let place: "before" | "between" | "inside" | "behind" = "before";
  let parts: Buffer[] = [];
  let [outer, inner]: [number[], number[]] = [[], []];
  let envelope = "";
  const keep = (piece: Buffer): void => {
    size += piece.length;
    if (size <= maxItemBytes) parts.push(piece);
    else parts = [];
  };
  const keepEnvelope = (piece: Buffer): void => {
    envelope += piece.toString("latin1");
    if (envelope.length > maxEnvelopeBytes) throw new RequestFailure({ code: 200, reason: "Unreadable", message: "what came is no list of objects" });
  };
  const takeItem = (): readonly ListItem[] => {
    const isTooLarge = size > maxItemBytes;
    const item = { text: parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts), outer, inner };
    [parts, outer, inner, size] = [[], [], [], 0];
    if (isTooLarge) dropped++;
    return isTooLarge ? [] : [item];
  };
  const cut = (chunk: Buffer): readonly ListItem[] => {
    const items: ListItem[] = [];
    const end = chunk.length;
    let from = 0;
    let at = isEscaped ? 1 : 0;
    isEscaped = false;
    // Every byte of a cluster comes through these two loops.
    let [level, isInText] = [depth, isText];
    // What of an object stood in chunks before, less the place where it begins in this one.
    let shift = size;
    let mayKeep = place === "inside" && size <= maxItemBytes;
    while (at < end) {
      if (isInText) {
        while (at < end && chunk[at] !== quote) at += chunk[at] === backslash ? 2 : 1;
        isInText = at >= end;
        at++;
        continue;
      }
      while (at < end && marks[chunk[at] ?? 0] === 0) at++;
      if (at >= end) break;
      const mark = marks[chunk[at] ?? 0] ?? 0;
      if (mark === opens) {
        level++;
        if (place === "between" && level === 3 && chunk[at] === openBrace) [place, from, shift, mayKeep] = ["inside", at, -at, true];
        else if (place === "before" && level === 2 && chunk[at] !== openBrace && isBehindItems(envelope, chunk.subarray(from, at))) {
          keepEnvelope(chunk.subarray(from, at + 1));
          place = "between";
          onStart(envelope);
        }
      } else if (mark === closes) {
        level--;
        if (place === "inside" && level === 2) {
          keep(chunk.subarray(from, at + 1));
          items.push(...takeItem());
          [place, mayKeep] = ["between", false];
        } else if (place === "between" && level === 1) [place, from] = ["behind", at];
      } else {
        isInText = true;
        if (level === 3 && mayKeep) outer.push(at + shift);
        else if (level === 4 && mayKeep) inner.push(at + shift);
      }
      at++;
    }
    // A backslash was the last byte: what it escapes comes with the next chunk.
    isEscaped = isInText && at > end + 1;
    [depth, isText] = [level, isInText];
    if (place === "inside") keep(chunk.subarray(from));
    else if (place !== "between") keepEnvelope(chunk.subarray(from));
    return items;
  };
  return { cut, envelope: () => envelope, dropped: () => dropped };
}

/** Whether the bracket that comes next opens the list's items. */
const isBehindItems = (envelope: string, last: Buffer): boolean => /(?:^|[^\\])"items"\s*:\s*$/.test((envelope + last.toString("latin1")).slice(-200));

function parseEnvelope(text: string): JsonObject {
  const value = parseJson(Buffer.from(text, "latin1"));
  if (!isJsonObject(value) || value["items"] === undefined)
    throw new RequestFailure({ code: 200, reason: "Unreadable", message: "what came is no list of objects" });
  return parseMetadata(value);
}

const parseMetadata = (list: unknown): JsonObject => (isJsonObject(list) && isJsonObject(list["metadata"]) ? list["metadata"] : {});
