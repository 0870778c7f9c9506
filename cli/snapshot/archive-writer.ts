import { createReadStream } from "node:fs";
import { mkdtemp, open, rm } from "node:fs/promises";
import { join } from "node:path";
import type { ArchiveWriter } from "../../core/archive/write-archive.ts";
import type { SnapshotWriter } from "../../core/snapshot/snapshot-writer.ts";

/** Adds a snapshot's files to an archive; what is longer than a megabyte waits on disk, in a folder beside `path`, until its length is known. `close` removes that. */
export function archiveWriter(archive: ArchiveWriter, path: string): SnapshotWriter & { readonly close: () => Promise<void> } {
  let parts: Promise<string> | undefined;
  let [count, isClosed] = [0, false];
  const put: SnapshotWriter["put"] = async (name, content) => {
    if (Buffer.isBuffer(content)) return archive.add(name, content);
    const chunks = content[Symbol.asyncIterator]();
    const held: Buffer[] = [];
    for (let size = 0; size <= heldBytes;) {
      const { done, value } = await chunks.next();
      if (done === true) return archive.add(name, Buffer.concat(held));
      held.push(value);
      size += value.length;
    }
    // Whoever has given up may still be told of more.
    if (isClosed) throw new Error("the archive is closed");
    parts ??= mkdtemp(`${path}.parts-`);
    const part = join(await parts, String(count++));
    const size = await spool(part, held, { [Symbol.asyncIterator]: () => chunks });
    await archive.addStream(name, size, createReadStream(part));
    await rm(part);
  };
  return {
    put,
    close: async () => {
      isClosed = true;
      if (parts !== undefined) await rm(await parts, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}

const heldBytes = 1024 ** 2;

/** Writes a file, and says how many bytes it has. */
async function spool(path: string, held: readonly Buffer[], rest: AsyncIterable<Buffer>): Promise<number> {
  const file = await open(path, "wx");
  let size = 0;
  const write = async (chunk: Buffer): Promise<void> => {
    await file.appendFile(chunk);
    size += chunk.length;
  };
  try {
    for (const chunk of held) await write(chunk);
    for await (const chunk of rest) await write(chunk);
  } finally {
    await file.close();
  }
  return size;
}
