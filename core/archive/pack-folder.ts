import { Readable } from "node:stream";
import type { ListOptions } from "./list-files.ts";
import { listFiles } from "./list-files.ts";
import { openListedFile } from "./open-listed-file.ts";
import { readPieces } from "./read-pieces.ts";
import type { FileToPack } from "./write-packed.ts";
import { writePacked } from "./write-packed.ts";

/**
 * A packed result of the regular files below a folder, read from disk as it is taken; the same files give the same bytes. Links, special files and what
 * can't be opened are left out and reported. A file that grows while it is read is cut to the size it had; one that shrinks is filled with zeros, and
 * reported. The stream fails if the folder itself can't be read.
 */
export const packFolder = (folder: string, options: ListOptions): Readable => Readable.from(writePacked(openFiles(folder, options)), { objectMode: false });

async function* openFiles(folder: string, options: ListOptions): AsyncGenerator<FileToPack> {
  for await (const file of listFiles(folder, options)) {
    const handle = await openListedFile(file, options);
    if (!handle) continue;
    try {
      const { size } = await handle.stat();
      yield { name: file.name, size, pieces: readPieces(handle, size, (why) => options.onSkipped?.(file.name, why)) };
    } finally {
      await handle.close();
    }
  }
}
