import type { ListOptions } from "./list-files.ts";
import { listFiles } from "./list-files.ts";
import { openListedFile } from "./open-listed-file.ts";
import { readPieces } from "./read-pieces.ts";

/** A file that is open until the next one is asked for; `open` reads it from its first byte on, in pieces that hold until the next is asked for. */
export type OpenFile = { readonly name: string; readonly size: number; readonly open: () => AsyncIterable<Buffer> };

/**
 * The regular files below a folder, one after the other. Links, special files and what can't be opened are left out and reported. A file has the size that it
 * had when it was opened: what it does not have any more when it is read is zeros, and reported. Throws if the folder itself can't be read.
 */
export async function* openFiles(folder: string, options: ListOptions): AsyncGenerator<OpenFile> {
  for await (const file of listFiles(folder, options)) {
    const handle = await openListedFile(file, options);
    if (!handle) continue;
    try {
      const { size } = await handle.stat();
      yield { name: file.name, size, open: () => readPieces(handle, size, (why) => options.onSkipped?.(file.name, why)) };
    } finally {
      await handle.close();
    }
  }
}
