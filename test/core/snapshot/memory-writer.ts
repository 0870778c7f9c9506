import { buffer } from "node:stream/consumers";
import { Readable } from "node:stream";
import type { SnapshotWriter } from "../../../core/snapshot/snapshot-writer.ts";

/** Keeps a snapshot's files in memory, and fails when a path is written twice. */
export function memoryWriter(): { readonly writer: SnapshotWriter; readonly files: ReadonlyMap<string, string>; json(name: string): unknown } {
  const files = new Map<string, string>();
  const begun = new Set<string>();
  return {
    files,
    json: (name) => JSON.parse(files.get(name) ?? "null") as unknown,
    writer: {
      put: async (name, content) => {
        if (begun.has(name)) throw new Error(`${name} is written twice`);
        begun.add(name);
        files.set(name, (Buffer.isBuffer(content) ? content : await buffer(Readable.from(content))).toString("utf8"));
      },
    },
  };
}
