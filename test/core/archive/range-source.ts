import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Readable } from "node:stream";
import type { RangeSource } from "../../../core/archive/open-indexed.ts";

/** An archive in memory; `onRead` is told how many bytes are asked for. */
export const bufferSource = (bytes: Buffer, onRead: (bytes: number) => void = () => undefined): RangeSource => ({
  size: bytes.length,
  read: (start, end) => {
    onRead(end - start);
    return Readable.from([bytes.subarray(start, end)]);
  },
});

export const fileSource = async (path: string): Promise<RangeSource> => ({
  size: (await stat(path)).size,
  read: (start, end) => createReadStream(path, { start, end: end - 1, highWaterMark: 1024 ** 2 }),
});
