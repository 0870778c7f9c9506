import { Transform } from "node:stream";
import type { Redactor } from "../redactor.ts";
import { count } from "../tally.ts";
import type { Tally } from "../tally.ts";
import { createTextWindow, type TextPart } from "./text-window.ts";

/** A stream of text without its secrets, in any encoding that has ASCII in it; what it holds, a text window holds. */
export function createTextStream(redactor: Redactor, tally: Tally): Transform {
  let clean: Buffer[] = [];
  const window = createTextWindow(redactor, (part) => clean.push(replaceIn(part, tally)));
  const stream = (step: () => void, done: (error: Error | null) => void): void => {
    try {
      step();
    } catch (error) {
      return done(error instanceof Error ? error : new Error(String(error)));
    }
    for (const part of clean) transform.push(part);
    clean = [];
    done(null);
  };
  const transform = new Transform({
    transform: (chunk: Buffer, _encoding, done) => stream(() => window.push(chunk), done),
    flush: (done) => stream(() => window.end(), done),
  });
  return transform;
}

/** A copy of the part; most have no hit and go out as they came. */
function replaceIn({ bytes, from, to, hits }: TextPart, tally: Tally): Buffer {
  const parts: Buffer[] = [];
  let at = from;
  for (const { start, end, rule, replacement } of hits) {
    parts.push(bytes.subarray(at, Math.max(at, start)), Buffer.from(replacement, "latin1"));
    at = end;
    count(tally, rule);
  }
  return Buffer.concat([...parts, bytes.subarray(at, to)]);
}
