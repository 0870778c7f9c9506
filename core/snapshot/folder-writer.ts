import { createWriteStream } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { SnapshotWriter } from "./snapshot-writer.ts";

/** Writes a snapshot's files below a folder, which comes about with the first of them; `prefix` stands before all paths. */
export function folderWriter(folder: string, prefix = ""): SnapshotWriter {
  const made = new Map<string, Promise<unknown>>();
  return {
    put: async (name, content) => {
      const path = join(folder, prefix, name);
      const parent = dirname(path);
      const making = made.get(parent) ?? mkdir(parent, { recursive: true });
      made.set(parent, making);
      await making;
      await (Buffer.isBuffer(content) ? writeFile(path, content) : pipeline(content, createWriteStream(path)));
    },
  };
}
