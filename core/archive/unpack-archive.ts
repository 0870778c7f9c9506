import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { readArchive } from "./read-archive.ts";

/**
 * Writes the files of a tar or tar.gz below a folder; throws what `readArchive` throws, and the system's error for what can't be written, such as a
 * file that is there already. What was written until then stays.
 */
export async function unpackArchive(input: Readable, folder: string, signal: AbortSignal): Promise<void> {
  await mkdir(folder, { recursive: true });
  // Names were checked by the reader: none is absolute or leads up, and no links are made that could lead out.
  for await (const { name, body } of readArchive(input)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await pipeline(body, createWriteStream(path, { flags: "wx" }), { signal });
  }
}
