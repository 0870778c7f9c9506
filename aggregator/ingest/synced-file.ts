import { constants } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { open } from "node:fs/promises";
import { dirname } from "node:path";
import { syncFolder } from "../../core/archive/sync-folder.ts";

/** A file that only grows, and whose every piece is on disk before it counts. */
export type SyncedFile = {
  /** Resolves to the byte at which the pieces begin, one behind the other, once they are synced; rejects, and leaves no trace of them, when the disk does not take them. */
  append(pieces: readonly Buffer[]): Promise<number>;
};

type Waiting = { readonly pieces: readonly Buffer[]; offset: number };

/** The file in `path`, made if it is missing and cut to `size` bytes. What is appended while a sync is under way shares the next one (group commit). */
export async function openSyncedFile(path: string, size: number): Promise<SyncedFile> {
  const file = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600);
  await file.truncate(size);
  await syncFolder(dirname(path));
  let end = size;
  let waiting: Waiting[] = [];
  let next: Promise<void> | undefined;
  let last: Promise<void> = Promise.resolve();
  const flush = async (): Promise<void> => {
    // One turn of the event loop gathers what arrives together.
    await new Promise((resolve) => setImmediate(resolve));
    const batch = waiting;
    waiting = [];
    next = undefined;
    try {
      const written = await writeAll(file, batch, end);
      await file.datasync();
      end += written;
    } catch (error) {
      // The next batch begins where this one should have.
      await file.truncate(end).catch(() => undefined);
      throw error;
    }
  };
  return {
    async append(pieces) {
      const entry: Waiting = { pieces, offset: 0 };
      waiting.push(entry);
      next ??= last = last.catch(() => undefined).then(flush);
      await next;
      return entry.offset;
    },
  };
}

/** Writes a batch in one call, tells each of its entries where it begins, and gives the bytes written. */
async function writeAll(file: FileHandle, batch: readonly Waiting[], position: number): Promise<number> {
  let at = position;
  for (const entry of batch) {
    entry.offset = at;
    for (const { length } of entry.pieces) at += length;
  }
  const pieces = batch.flatMap((entry) => entry.pieces);
  if (pieces.length === 0) return 0;
  const { bytesWritten } = await file.writev(pieces, position);
  if (bytesWritten !== at - position) throw new Error(`the disk took ${bytesWritten} of ${at - position} bytes`);
  return bytesWritten;
}
