import { Readable } from "node:stream";
import type { Pack } from "tar-stream";
import { pack } from "tar-stream";
import { addTarEntry } from "./tar-entry.ts";

/** A file to be packed: `size` in bytes, which `body` gives exactly. */
export type EntryToPack = { readonly name: string; readonly size: number; readonly body: Readable };

/** A tar of these files, each asked for when the one before has been read; memory stays flat. The stream fails with what an entry or its body fails with. */
export function packEntries(entries: AsyncIterable<EntryToPack>): Readable {
  const archive = pack();
  archive.on("error", () => undefined);
  addAll(archive, entries).then(
    () => archive.finalize(),
    (error: unknown) => archive.destroy(error instanceof Error ? error : new Error(String(error))),
  );
  return Readable.from(archive, { objectMode: false });
}

async function addAll(archive: Pack, entries: AsyncIterable<EntryToPack>): Promise<void> {
  const modifiedAt = new Date();
  for await (const { name, size, body } of entries) await addTarEntry(archive, { name, size, modifiedAt }, body).finally(() => body.destroy());
}
