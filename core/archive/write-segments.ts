import { crc32 } from "node:zlib";
import type { IndexLine } from "../contract/tarball-layout.ts";
import type { Checked } from "./combine-crc.ts";
import { combineCrc } from "./combine-crc.ts";
import { aloneFrom, deflateSegment, deflateSegmentSync, deflateStream } from "./deflate-segment.ts";
import type { TarHeader } from "./render-tar-header.ts";
import { renderTarHeader, tarPadding } from "./render-tar-header.ts";
import type { Place, SegmentFile } from "./segment-file.ts";
import { wrongSize } from "./take-exactly.ts";
import type { PackedSegment } from "./unpack-segment.ts";

/** Puts a tar's entries into segments (../shared/reference/speed.md has the measures). Nothing may be called before what was called last has ended. */
export type SegmentWriter = {
  /** Adds an entry of at most `heldBytes`. It may be compressed while the next ones are added; an error of that is thrown by a later call. */
  readonly add: (entry: TarHeader, content: Buffer) => Promise<void>;
  /** Adds one of any size, which `content` gives exactly. */
  readonly addStream: (entry: TarHeader, content: AsyncIterable<Buffer>) => Promise<void>;
  /** Adds one that is segments already, of `entry.size` bytes in all. */
  readonly addPacked: (entry: TarHeader, segments: AsyncIterable<PackedSegment>) => Promise<void>;
  /** Resolves once all that was added is in the file. */
  readonly flush: () => Promise<void>;
};

/** An entry of up to this many bytes is held in memory: while it is gathered, and while it and one before it are compressed. */
export const heldBytes = 4 * 1024 ** 2;

/** Writes to `file`, and tells each entry's line of the index in the order of the entries. */
export function writeSegments(file: SegmentFile, onEntry: (line: IndexLine) => void): SegmentWriter {
  let group = newGroup();
  let written: Promise<void> = Promise.resolve();
  let writtenBefore: Promise<void> = written;

  const cut = async (): Promise<void> => {
    if (group.size === 0) return;
    const { raw, size, entries, largest } = group;
    group = newGroup();
    // Two are compressed at once, at most: more would fill the memory.
    await writtenBefore;
    const content = Buffer.concat(raw, size);
    const packed = deflateSegment(content, levelFor(largest));
    packed.catch(() => undefined);
    writtenBefore = written;
    written = writeNext(written, async () => {
      await file.append(await packed);
      tell(entries, file.endSegment({ size, crc32: crc32(content) }));
    });
    written.catch(() => undefined);
  };
  const flush = async (): Promise<void> => {
    await cut();
    await written;
  };
  const tell = (entries: readonly GroupedEntry[], place: Place): void => {
    for (const { name, skip, size, crc32: crc } of entries) onEntry({ name, ...place, skip, size, crc32: crc.toString(16).padStart(8, "0") });
  };

  return {
    flush,
    add: async (entry, content) => {
      // A few small ones in front of a large one share its segment, because one of their own would hardly compress.
      if (content.length >= aloneFrom && group.size >= aloneFrom) await cut();
      group.entries.push({ name: entry.name, skip: group.size, size: content.length, crc32: crc32(content) });
      for (const piece of [renderTarHeader(entry), content, tarPadding(content.length)]) {
        group.raw.push(piece);
        group.size += piece.length;
      }
      group.largest = Math.max(group.largest, content.length);
      if (content.length >= aloneFrom || group.size >= sharedBytes) await cut();
    },
    addStream: async (entry, content) => {
      await flush();
      const measured = { whole: { size: 0, crc32: 0 }, content: 0 };
      await deflateStream(wrap(entry, content, measured), file.append);
      tell([{ name: entry.name, skip: 0, size: entry.size, crc32: measured.content }], file.endSegment(measured.whole));
    },
    addPacked: async (entry, segments) => {
      await flush();
      const [header, padding] = [renderTarHeader(entry), tarPadding(entry.size)];
      let content: Checked = { size: 0, crc32: 0 };
      await file.append(deflateSegmentSync(header, usualLevel));
      for await (const { packed, ...said } of segments) {
        await file.append(packed);
        content = combineCrc(content, said);
      }
      if (content.size !== entry.size) throw wrongSize(entry, String(content.size));
      if (padding.length > 0) await file.append(deflateSegmentSync(padding, usualLevel));
      const whole = combineCrc(combineCrc(check(header), content), check(padding));
      tell([{ name: entry.name, skip: 0, size: entry.size, crc32: content.crc32 }], file.endSegment(whole));
    },
  };
}

type GroupedEntry = { readonly name: string; readonly skip: number } & Checked;
type Group = { readonly raw: Buffer[]; readonly entries: GroupedEntry[]; size: number; largest: number };

const newGroup = (): Group => ({ raw: [], entries: [], size: 0, largest: 0 });

/** About so many bytes of small entries are a segment. */
const sharedBytes = 1024 ** 2;

const usualLevel = 6;

/** What segments and the index cost in size, better levels gain again, as long as they are needed: large entries are most of the time that it takes. */
function levelFor(largest: number): number {
  if (largest < aloneFrom) return 8;
  return largest < 400 * 1000 ? 9 : usualLevel;
}

async function writeNext(before: Promise<void>, write: () => Promise<void>): Promise<void> {
  await before;
  await write();
}

const check = (bytes: Buffer): Checked => ({ size: bytes.length, crc32: crc32(bytes) });

async function* wrap(entry: TarHeader, content: AsyncIterable<Buffer>, measured: { whole: Checked; content: number }): AsyncGenerator<Buffer> {
  const add = (piece: Buffer): Buffer => {
    measured.whole = { size: measured.whole.size + piece.length, crc32: crc32(piece, measured.whole.crc32) };
    return piece;
  };
  yield add(renderTarHeader(entry));
  for await (const piece of content) {
    measured.content = crc32(piece, measured.content);
    yield add(piece);
  }
  yield add(tarPadding(entry.size));
}
