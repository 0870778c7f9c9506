import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { KnownError } from "../contract/known-error.ts";
import { tarballPaths } from "../contract/tarball-layout.ts";
import { renderTail } from "./archive-tail.ts";
import type { ArchivePart, IndexedArchive } from "./open-indexed.ts";
import { openPart } from "./open-indexed.ts";
import { parseEntryName, quoteName } from "./safe-name.ts";
import { createSegmentFile, gzipHeader } from "./segment-file.ts";
import { takeExactly } from "./take-exactly.ts";
import type { PackedSegment } from "./unpack-segment.ts";
import { heldBytes, writeSegments } from "./write-segments.ts";

/** A .tar.gz in the making (design D6). Once a write has failed, only `abandon` is of use. */
export type ArchiveWriter = {
  /** Adds a file; throws KnownError "invalid-tarball" for a name that is unsafe or there already. Calls are served one after the other. */
  readonly add: (name: string, content: string | Buffer) => Promise<void>;
  /** The same from a stream, which must give exactly `size` bytes; memory stays flat. */
  readonly addStream: (name: string, size: number, body: Readable) => Promise<void>;
  /** The same from segments that `unpackSegment` has read before, of `size` bytes in all. They are not looked at again. */
  readonly addPacked: (name: string, size: number, segments: AsyncIterable<PackedSegment>) => Promise<void>;
  /** Reads what was added so far from the disk again, of any size; nothing may be added before that is closed. */
  readonly readBack: () => Promise<IndexedArchive>;
  /** What was added since this was asked last, on disk; adding may go on while that is read. */
  readonly takePart: () => Promise<ArchivePart>;
  /** Adds the index, syncs the archive to disk, and gives it its name; SHA-256 in hex, size in bytes, both of the .tar.gz. */
  readonly finish: () => Promise<{ readonly sha256: string; readonly size: number }>;
  /** Gives up and removes what was written; nothing after `finish`. */
  readonly abandon: () => Promise<void>;
};

/** Begins a .tar.gz, written as `<path>.partial` until it is finished; all its entries bear the time `modifiedAt`, by default the moment of this call. */
export async function createArchive(path: string, { modifiedAt = new Date() }: { readonly modifiedAt?: Date } = {}): Promise<ArchiveWriter> {
  const file = await createSegmentFile(path);
  const lines: string[] = [];
  let [indexSize, indexOffset] = [0, 0];
  const segments = writeSegments(file, (line) => {
    if (line.name === tarballPaths.index) indexOffset = line.offset;
    else {
      const text = `${JSON.stringify(line)}\n`;
      lines.push(text);
      indexSize += Buffer.byteLength(text);
    }
  });
  const names = new Set<string>([tarballPaths.index, tarballPaths.indexAt]);
  let last: Promise<unknown> = Promise.resolve();
  let failure: { readonly error: unknown } | undefined;
  let isFinished = false;
  let taken = nothing;

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last;
    const done = (async () => {
      await turn;
      if (failure) throw failure.error;
      return work();
    })();
    last = done.catch(() => undefined);
    return done;
  };
  const settle = async (behind: typeof nothing): Promise<ArchivePart> => {
    await segments.flush();
    const { path: written, size } = await file.settle();
    return { path: written, start: behind.end, end: size, index: lines.slice(behind.lines).join("") };
  };
  const addEntry = (rawName: string, write: (name: string) => Promise<void>): Promise<void> =>
    inTurn(async () => {
      // Half a character is another one in a tar than in JSON.
      const name = parseEntryName(rawName.toWellFormed());
      if (names.has(name)) throw new KnownError("invalid-tarball", `would hold ${quoteName(name)} twice.`, { hint: "Give each entry a name of its own." });
      names.add(name);
      await write(name).catch(fail);
    });
  const fail = (error: unknown): never => {
    failure = { error };
    throw error;
  };
  const addChunks = async (name: string, size: number, body: AsyncIterable<Buffer>): Promise<void> => {
    const chunks = takeExactly({ name, size, chunks: body });
    const entry = { name, size, modifiedAt };
    if (size > heldBytes) await segments.addStream(entry, chunks);
    else await segments.add(entry, await buffer(chunks));
  };

  return {
    add: (rawName, content) => {
      const bytes = typeof content === "string" ? Buffer.from(content) : content;
      return addEntry(rawName, (name) =>
        bytes.length > heldBytes ? addChunks(name, bytes.length, Readable.from([bytes])) : segments.add({ name, size: bytes.length, modifiedAt }, bytes),
      );
    },
    addStream: (rawName, size, body) => addEntry(rawName, (name) => addChunks(name, size, body)).finally(() => body.destroy()),
    addPacked: (rawName, size, packed) => addEntry(rawName, (name) => segments.addPacked({ name, size, modifiedAt }, packed)),
    readBack: async () => openPart(await inTurn(() => settle(nothing))),
    takePart: () =>
      inTurn(async () => {
        const part = await settle(taken);
        taken = { end: part.end, lines: lines.length };
        return part;
      }),
    finish: () =>
      inTurn(async () => {
        await segments.flush();
        await addChunks(tarballPaths.index, indexSize, Readable.from(inBatches(lines)));
        await segments.flush();
        const result = await file.finish(renderTail(indexOffset, modifiedAt));
        isFinished = true;
        return result;
      }),
    abandon: async () => {
      if (isFinished) return;
      await last;
      await segments.flush().catch(() => undefined);
      await file.abandon();
    },
  };
}

/** Where an archive stands in which there is no entry yet: in bytes, and in lines of its index. */
const nothing = { end: gzipHeader.length, lines: 0 };

function* inBatches(lines: readonly string[]): Generator<Buffer> {
  for (let at = 0; at < lines.length; at += 1000) yield Buffer.from(lines.slice(at, at + 1000).join(""));
}
