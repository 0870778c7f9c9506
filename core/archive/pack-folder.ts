import { Readable } from "node:stream";
import type { ListOptions } from "./list-files.ts";
import { openFiles } from "./open-files.ts";
import type { FileToPack } from "./write-packed.ts";
import { writePacked } from "./write-packed.ts";

/**
 * A packed result of the regular files below a folder, read from disk as it is taken; the same files give the same bytes. Links, special files and what
 * can't be opened are left out and reported. A file that grows while it is read is cut to the size it had; one that shrinks is filled with zeros, and
 * reported. The stream fails if the folder itself can't be read.
 */
export const packFolder = (folder: string, options: ListOptions): Readable => Readable.from(writePacked(listToPack(folder, options)), { objectMode: false });

async function* listToPack(folder: string, options: ListOptions): AsyncGenerator<FileToPack> {
  for await (const { name, size, open } of openFiles(folder, options)) yield { name, size, pieces: open() };
}
