import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { Writable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import type { Redactor } from "../redactor.ts";
import type { Tally } from "../tally.ts";
import { addTally, createTally } from "../tally.ts";
import { createLineStream } from "../text/line-stream.ts";
import { createTextStream } from "../text/text-stream.ts";
import { isConformanceFile } from "./is-conformance-file.ts";
import { isAllowed, isLeftOut } from "./is-left-out.ts";
import { lookAgain } from "./look-again.ts";
import { redactFile } from "./redact-file.ts";
import { renderPlaceholder } from "./render-placeholder.ts";
import { Unreadable } from "./unreadable.ts";

/** A file as an archive or a folder gives it; `size` in bytes. */
export type Entry = { readonly name: string; readonly size: number; readonly body: Readable };

/** A file's new content, or where it was written to because it is large; `size` in bytes. */
export type CleanContent = { readonly content: Buffer } | { readonly path: string; readonly size: number };

/** What came of a file: `isKept` if it was only looked at. `remove` is called when the content was taken. */
export type RedactedEntry = CleanContent & { readonly isKept: boolean; readonly remove: () => Promise<void> };

type Place = { readonly tally: Tally; readonly spoolFolder: string; readonly signal: AbortSignal };

/** A file without its secrets, looked at a second time; what still holds one then is left out. Large text goes through a file in `spoolFolder`. */
export async function redactEntry(redactor: Redactor, { name, size, body }: Entry, place: Place): Promise<RedactedEntry> {
  if (isLeftOut(redactor, name)) {
    await pipeline(body, nowhere(), { signal: place.signal });
    return { ...held, content: await redactFile(redactor, { name, content: Buffer.alloc(0) }, place.tally) };
  }
  if (size > heldBytes && (!isStructured(name) || isAllowed(redactor, name))) return spool(redactor, { name, size, body }, place);
  if (size > longestHeld) {
    const why = `it is larger than ${longestHeld} bytes, and is read only whole`;
    place.tally.dropped.push(why);
    return { ...held, content: renderPlaceholder(name, why) };
  }
  const content = await buffer(body);
  const clean = await redactFile(redactor, { name, content }, place.tally);
  return {
    ...held,
    isKept: isConformanceFile(name) || isAllowed(redactor, name),
    content: clean === content ? clean : await lookAgain(redactor, { name, content: clean }, place.tally),
  };
}

const held = { isKept: false, remove: async (): Promise<void> => undefined };

const heldBytes = 64 * 1024 * 1024;
const longestHeld = 512 * 1024 * 1024;
const isStructured = (name: string): boolean => /\.(?:json|ya?ml|gz|tgz|tar|zip)$/i.test(name);

const nowhere = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done() });

async function spool(redactor: Redactor, { name, body }: Entry, { tally, spoolFolder, signal }: Place): Promise<RedactedEntry> {
  const folder = await mkdtemp(join(spoolFolder, ".asdic-redact-"));
  const path = join(folder, "content");
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const found = createTally();
    if (isConformanceFile(name) || isAllowed(redactor, name)) {
      await pipeline(body, createWriteStream(path), { signal });
      if (!isAllowed(redactor, name)) await pipeline(createReadStream(path), createTextStream(redactor, tally), nowhere(), { signal });
      return { path, size: (await stat(path)).size, remove, isKept: true };
    }
    const [start, whole] = await takeStart(body);
    const stream = start === lineOfJson ? createLineStream(redactor, found) : createTextStream(redactor, found);
    await pipeline(whole, stream, createWriteStream(path), { signal });
    addTally(tally, found);
    return { path, size: (await stat(path)).size, remove, isKept: false };
  } catch (error) {
    await remove();
    if (!(error instanceof Unreadable)) throw error;
    tally.dropped.push(error.message);
    return { ...held, content: renderPlaceholder(name, error.message) };
  }
}

const lineOfJson = "{".charCodeAt(0);

/** The first byte, and the stream with it. */
async function takeStart(body: Readable): Promise<readonly [number | undefined, AsyncIterable<Buffer>]> {
  const chunks = body[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const { done, value: first } = await chunks.next();
  const whole = async function* (): AsyncGenerator<Buffer> {
    if (done !== true) yield first;
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) yield next.value;
  };
  return [done === true ? undefined : first[0], whole()];
}
