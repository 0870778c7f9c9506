import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { constants, crc32, createInflateRaw } from "node:zlib";
import type { IndexLine } from "../contract/tarball-layout.ts";
import { tarballPaths } from "../contract/tarball-layout.ts";
import type { ArchiveLimits } from "./archive-limits.ts";
import { checkVolume, overLimit, readerLimits } from "./archive-limits.ts";
import { parseTail, tailBytes } from "./archive-tail.ts";
import { inflate } from "./inflate.ts";
import { parseIndex, untrusted } from "./parse-index.ts";
import type { ArchiveEntry } from "./read-archive.ts";
import { readArchive } from "./read-archive.ts";
import { tarBlock } from "./render-tar-header.ts";
import { quoteName } from "./safe-name.ts";
import { gzipHeader } from "./segment-file.ts";

/** Bytes that can be read at any place, in a file or over a network: those from `start` up to, but not including, `end`. */
export type RangeSource = { readonly size: number; readonly read: (start: number, end: number) => AsyncIterable<Buffer> };

/** An archive of which each entry can be read alone. */
export type IndexedArchive = {
  /** In the archive's order, without the index itself. */
  readonly entries: readonly IndexLine[];
  /** An entry's content; what was opened before is ended. It fails with KnownError "invalid-tarball" if the archive holds something else than the index says. */
  readonly open: (entry: IndexLine) => Promise<Readable>;
  readonly close: () => Promise<void>;
};

/**
 * Opens an archive by its index, of which it reads tail and index only; undefined if it has none, as those of other tools. Throws KnownError
 * "invalid-tarball", whose sentence reads on after "FILE: ", for an index that is damaged or not to be trusted; errors of the source are passed on.
 */
export async function openIndexed(source: RangeSource, limits: ArchiveLimits = readerLimits): Promise<IndexedArchive | undefined> {
  const [start, tailAt] = [gzipHeader.length, source.size - tailBytes];
  if (tailAt <= start || !(await buffer(source.read(0, start))).equals(gzipHeader)) return undefined;
  const indexAt = parseTail(await buffer(source.read(tailAt, source.size)));
  if (indexAt === undefined) return undefined;
  if (indexAt < start || indexAt >= tailAt) throw untrusted("it is said to begin where it can't be");
  const length = tailAt - indexAt;
  const index = await readIndex({ source, limits, chunkBytes: wholeBytes, part: { offset: indexAt, length, skip: 0, size: 8 * length } });
  const entries = parseIndex(index, { start, end: indexAt }, limits);
  return { entries, ...openEntries({ source, limits, chunkBytes: wholeBytes, entries }) };
}

/** In one piece an entry passes fastest. */
const wholeBytes = 4 * 1024 ** 2;

/** The bytes from `start` to `end` of an archive that may still grow behind them, and the lines of its index for the entries there. Another process can open it as well. */
export type ArchivePart = { readonly path: string; readonly start: number; readonly end: number; readonly index: string };

/** The entries of a part; they must fill it. Whatever it is, it is read: one has written it oneself. */
export function openPart({ path, start, end, index }: ArchivePart): IndexedArchive {
  const source: RangeSource = { size: end, read: (from, to) => createReadStream(path, { start: from, end: to - 1 }) };
  const entries = parseIndex(Buffer.from(index), { start, end }, noLimits);
  return { entries, ...openEntries({ source, limits: noLimits, chunkBytes: smallBytes, entries }) };
}

/** Whoever reads a part reads all of it, for which small chunks take less of the processor and of memory. */
const smallBytes = 64 * 1024;

const noLimits = { maxEntries: Infinity, maxEntryBytes: Infinity, maxTotalBytes: Infinity, links: "refuse" } as const;

/** A million entries with names of a hundred bytes. */
const maxIndexBytes = 256 * 1024 ** 2;

/** A segment from the place on where an entry begins, unpacked in chunks of `chunkBytes` at most; `size` is about what is wanted of it. */
type Segment = { readonly source: RangeSource; readonly limits: ArchiveLimits; readonly chunkBytes: number; readonly part: Omit<IndexLine, "name" | "crc32"> };

async function readIndex(segment: Segment): Promise<Buffer> {
  for await (const { name, size, body } of readSegment(segment)) {
    if (name !== tarballPaths.index) break;
    if (size > maxIndexBytes) throw overLimit(`holds an index of more than ${maxIndexBytes} bytes`);
    // The segment is closed as soon as this returns.
    return await buffer(body);
  }
  throw untrusted("it is not where the tail says");
}

/** The entries of a segment, as those of a tar. */
function readSegment({ source, limits, chunkBytes, part: { offset, length, skip, size } }: Segment): AsyncGenerator<ArchiveEntry> {
  return readArchive(Readable.from(unpack(), { objectMode: false }), limits);

  async function* unpack(): AsyncGenerator<Buffer> {
    const chunkSize = Math.min(skip + size + spareBytes, chunkBytes);
    // A segment has no last block.
    const unpacker = createInflateRaw({ chunkSize, finishFlush: constants.Z_SYNC_FLUSH });
    let position = 0;
    for await (const chunk of inflate(unpacker, source.read(offset, offset + length))) {
      position += chunk.length;
      checkVolume(limits, source.size, position);
      if (position > skip) yield chunk.subarray(Math.max(0, chunk.length - (position - skip)));
    }
    yield Buffer.alloc(2 * tarBlock);
  }
}

const spareBytes = 16 * 1024;

/** The one segment that is being read, and the entry of the index that comes next in it. */
type Cursor = { readonly offset: number; readonly found: AsyncGenerator<ArchiveEntry>; position: number };

function openEntries({ entries, ...archive }: Omit<Segment, "part"> & Pick<IndexedArchive, "entries">): Omit<IndexedArchive, "entries"> {
  const positions = new Map(entries.map((entry, position) => [entry, position]));
  let cursor: Cursor | undefined;
  const close = async (): Promise<void> => {
    const { found } = cursor ?? {};
    cursor = undefined;
    await found?.return(undefined);
  };
  return {
    close,
    open: async (wanted) => {
      const position = positions.get(wanted) ?? 0;
      if (cursor?.offset !== wanted.offset || cursor.position > position) {
        await close();
        cursor = { offset: wanted.offset, found: readSegment({ ...archive, part: wanted }), position };
      }
      for (;;) {
        const line = entries[cursor.position++];
        const { value: entry } = await cursor.found.next();
        if (line === undefined || entry?.name !== line.name || entry.size !== line.size)
          throw untrusted(`the archive has something else in place of ${quoteName(wanted.name)}`);
        if (line === wanted) return Readable.from(checkContent(wanted, entry.body), { objectMode: false });
      }
    },
  };
}

async function* checkContent({ name, crc32: expected }: IndexLine, body: Readable): AsyncGenerator<Buffer> {
  let crc = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    crc = crc32(chunk, crc);
    yield chunk;
  }
  if (crc !== Number.parseInt(expected, 16)) throw untrusted(`${quoteName(name)} has another checksum`);
}
