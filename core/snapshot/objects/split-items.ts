import { isJsonObject, type JsonObject } from "../../contract/json.ts";
import { RequestFailure } from "../requests/request-failure.ts";

/** The objects of a list as the bytes that came, some at a time; `metadata` is the list's own once all have come. */
export type SplitList = { readonly items: AsyncIterable<readonly Buffer[]>; readonly metadata: () => JsonObject; readonly dropped: () => number };

/** Cuts a list into its objects while it comes, without taking them for values: numbers and unknown fields stay to the letter. Objects over 64 MiB are dropped and counted. */
export function splitItems(body: AsyncIterable<Buffer>): SplitList {
  const cutter = createCutter();
  async function* read(): AsyncGenerator<readonly Buffer[]> {
    for await (const chunk of body) {
      const items = cutter.cut(chunk);
      if (items.length > 0) yield items;
    }
  }
  return { items: read(), metadata: () => parseEnvelope(cutter.envelope()), dropped: () => cutter.dropped() };
}

const maxItemBytes = 64 * 1024 * 1024;
const maxEnvelopeBytes = 4 * 1024 * 1024;

const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d];

type Cutter = { cut(chunk: Buffer): readonly Buffer[]; envelope(): string; dropped(): number };

/** Knows of JSON only what opens and closes. What is not inside an object of `items` is the envelope. */
function createCutter(): Cutter {
  let [depth, isText, isEscaped, itemDepth, size, dropped] = [0, false, false, -1, 0, 0];
  let parts: Buffer[] = [];
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
  const cut = (chunk: Buffer): readonly Buffer[] => {
    const items: Buffer[] = [];
    let from = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at];
      if (isText) {
        if (isEscaped) isEscaped = false;
        else if (byte === backslash) isEscaped = true;
        else if (byte === quote) isText = false;
      } else if (byte === quote) isText = true;
      else if (byte === openBrace || byte === openBracket) {
        if (depth === itemDepth && byte === openBrace) {
          keepEnvelope(chunk.subarray(from, at));
          from = at;
        }
        depth++;
        if (depth === 2 && itemDepth === -1 && byte === openBracket && isBehindItems(envelope, chunk.subarray(from, at))) itemDepth = 2;
      } else if (byte === closeBrace || byte === closeBracket) {
        depth--;
        if (depth === itemDepth && byte === closeBrace) {
          keep(chunk.subarray(from, at + 1));
          if (size > maxItemBytes) dropped++;
          else items.push(parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts));
          [parts, size, from] = [[], 0, at + 1];
        } else if (depth < itemDepth) itemDepth = -2;
      } else if (byte === comma && depth === itemDepth) from = at + 1;
    }
    if (itemDepth > 0 && depth > itemDepth) keep(chunk.subarray(from));
    else keepEnvelope(chunk.subarray(from));
    return items;
  };
  return { cut, envelope: () => envelope, dropped: () => dropped };
}

/** Whether the bracket that comes next opens the list's items. */
const isBehindItems = (envelope: string, last: Buffer): boolean => /(?:^|[^\\])"items"\s*:\s*$/.test((envelope + last.toString("latin1")).slice(-200));

function parseEnvelope(text: string): JsonObject {
  const value = parseJson(Buffer.from(text, "latin1").toString("utf8"));
  if (!isJsonObject(value) || value["items"] === undefined)
    throw new RequestFailure({ code: 200, reason: "Unreadable", message: "what came is no list of objects" });
  return isJsonObject(value["metadata"]) ? value["metadata"] : {};
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
