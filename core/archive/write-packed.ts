import { crc32 } from "node:zlib";
import { aloneFrom, deflateSegmentSync } from "./deflate-segment.ts";
import type { EntryHead, PackedFrame } from "./packed-frame.ts";
import { packedMagic, plainFrame, renderFrame, renderHead, renderTotals, segmentBytes } from "./packed-frame.ts";

/** A file to be packed: exactly `size` bytes in pieces of `segmentBytes`, the last one of what is left. A piece holds until the next is asked for. */
export type FileToPack = EntryHead & { readonly pieces: AsyncIterable<Buffer> };

/**
 * A packed result of these files, each asked for when the one before has been read: small ones many in a segment, since an archive mixes them anew; large
 * ones as the segments that an archive takes as they are. The same files give the same bytes. One segment is in memory at a time. "busy" lets the reader know that
 * there is work to do before the next one. `report` is asked at the end for what is to be said of them, in `segmentBytes` at most.
 */
export async function* writePacked(files: AsyncIterable<FileToPack | "busy">, report?: () => Buffer): AsyncGenerator<Buffer> {
  const group = createGroup();
  let [entries, bytes] = [0, 0];
  yield packedMagic;
  for await (const file of files) {
    if (file === "busy") {
      yield* renderFrame(plainFrame("busy", Buffer.alloc(0)));
      continue;
    }
    const { name, size, pieces } = file;
    const head = renderHead({ name, size });
    if (size >= aloneFrom || group.isFullWith(head.length + size)) yield* group.cut();
    if (size < aloneFrom) {
      group.add(head);
      // It is one, so nothing takes its place in memory.
      for await (const piece of pieces) group.add(piece);
    } else {
      yield* renderFrame(plainFrame("file", head));
      for await (const piece of pieces) yield* renderFrame(compress("segment", piece, keptLevel));
    }
    entries += 1;
    bytes += size;
  }
  yield* group.cut();
  if (report !== undefined) yield* renderFrame(compress("report", report(), travelLevel));
  yield* renderFrame(plainFrame("end", renderTotals({ entries, bytes })));
}

type Group = {
  readonly isFullWith: (bytes: number) => boolean;
  readonly add: (bytes: Buffer) => void;
  /** The frame of what was added, if anything was. */
  readonly cut: () => Generator<Buffer>;
};

function createGroup(): Group {
  let held: Buffer[] = [];
  let size = 0;
  return {
    isFullWith: (bytes) => size + bytes > segmentBytes,
    add: (bytes) => {
      held.push(bytes);
      size += bytes.length;
    },
    cut: function* () {
      if (size === 0) return;
      const content = Buffer.concat(held, size);
      [held, size] = [[], 0];
      yield* renderFrame(compress("group", content, travelLevel));
    },
  };
}

/** Groups are unpacked where they arrive. Segments stay as they are: the better level gains what cutting a file into them costs. */
const [travelLevel, keptLevel] = [6, 7];

const compress = (kind: "group" | "segment" | "report", content: Buffer, level: number): PackedFrame => ({
  kind,
  size: content.length,
  crc32: crc32(content),
  packed: deflateSegmentSync(content, level),
});
