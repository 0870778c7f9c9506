import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import type { RangeSource } from "../../core/archive/open-indexed.ts";
import { createReadAhead } from "./read-ahead.ts";
import { readPiece, type RemoteTarball } from "./read-piece.ts";

/** `fetched` says how many bytes have come so far; `close` ends what is still coming. */
export type RemoteSource = RangeSource & { readonly fetched: () => number; readonly close: () => Promise<void> };

/** One request for each is cheaper than several for what stands there: manifest, status, index and tail. */
const edgeBytes = 64 * 1024;

/**
 * A tarball at the aggregator as bytes that can be read at any place, one read after the other, by the ways of `retrieve`; KnownErrors as readPiece. What is
 * read is not held against the SHA-256, which is of the whole.
 */
export function createRemoteSource(remote: RemoteTarball): RemoteSource {
  const { size } = remote.tarball;
  const edges = [0, Math.max(0, size - edgeBytes)].map((start) => ({
    start,
    end: Math.min(size, start + edgeBytes),
    bytes: undefined as Promise<Buffer> | undefined,
  }));
  let fetched = 0;
  const fetch = async function* (start: number, end: number): AsyncGenerator<Buffer> {
    for await (const bytes of readPiece(remote, { start, end })) {
      fetched += bytes.length;
      yield bytes;
    }
  };
  const { read, close } = createReadAhead(size, fetch);
  return {
    size,
    fetched: () => fetched,
    close,
    async *read(start, end) {
      const edge = edges.find((one) => one.start <= start && end <= one.end);
      if (edge === undefined) yield* read(start, end);
      else {
        edge.bytes ??= buffer(Readable.from(fetch(edge.start, edge.end), { objectMode: false }));
        yield (await edge.bytes).subarray(start - edge.start, end - edge.start);
      }
    },
  };
}
