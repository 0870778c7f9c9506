import type { FileHandle } from "node:fs/promises";
import { pipeline, Readable } from "node:stream";
import { createGzip } from "node:zlib";
import { pack } from "tar-stream";
import type { Pack } from "tar-stream";
import type { ListedFile, ListOptions } from "./list-files.ts";
import { codeOf, listFiles } from "./list-files.ts";
import { openListedFile } from "./open-listed-file.ts";
import { addTarEntry } from "./tar-entry.ts";

/**
 * A .tar.gz of the regular files below a folder, read from disk as it is taken; the same files with the same times give the same bytes. Links,
 * special files and what can't be opened are left out and reported. A file that grows while it is read is cut to the size it had; one that shrinks
 * is filled with zeros, and reported. The stream fails if the folder itself can't be read.
 */
export function packFolder(folder: string, options: ListOptions): Readable {
  const archive = pack();
  archive.on("error", () => undefined);
  const packed = createGzip({ chunkSize: 256 * 1024 });
  // An error of either reaches whoever reads the other.
  pipeline(Readable.from(archive, { objectMode: false }), packed, () => undefined);
  addFiles(archive, folder, options).then(
    () => archive.finalize(),
    (error: unknown) => archive.destroy(error instanceof Error ? error : new Error(String(error))),
  );
  return packed;
}

async function addFiles(archive: Pack, folder: string, options: ListOptions): Promise<void> {
  for await (const file of listFiles(folder, options)) {
    const handle = await openListedFile(file, options);
    if (!handle) continue;
    try {
      await addFile({ archive, file, handle, options });
    } finally {
      await handle.close();
    }
  }
}

type OpenFile = { readonly archive: Pack; readonly file: ListedFile; readonly handle: FileHandle; readonly options: ListOptions };

async function addFile({ archive, file, handle, options }: OpenFile): Promise<void> {
  const { size, mtime } = await handle.stat();
  const content = readExactly(handle, size, (why) => options.onSkipped?.(file.name, why));
  await addTarEntry(archive, { name: file.name, size, modifiedAt: mtime }, content);
}

const chunkBytes = 64 * 1024;

/** Exactly `size` bytes, zeros for those that can't be read any more. */
async function* readExactly(handle: FileHandle, size: number, onMissing: (why: string) => void): AsyncGenerator<Buffer> {
  let why = "shrank while it was read";
  for (let at = 0; at < size;) {
    const buffer = Buffer.allocUnsafe(Math.min(chunkBytes, size - at));
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, at).catch((error: unknown) => {
      why = `could not be read to its end (${codeOf(error)})`;
      return { bytesRead: 0 };
    });
    if (bytesRead === 0) {
      onMissing(`${why}: its last ${size - at} bytes are zeros`);
      yield* zeros(size - at);
      return;
    }
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

function* zeros(count: number): Generator<Buffer> {
  const block = Buffer.alloc(Math.min(chunkBytes, count));
  for (let left = count; left > 0; left -= block.length) yield block.subarray(0, left);
}
