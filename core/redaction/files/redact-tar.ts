import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { packEntries } from "../../archive/pack-entries.ts";
import { readArchive } from "../../archive/read-archive.ts";
import { deepestArchive } from "./archive-bounds.ts";
import type { ArchiveWork, NamedContent } from "./named-content.ts";
import { Unreadable } from "./unreadable.ts";

/** A tar with each of its files redacted, packed anew without links; the same buffer where there was nothing to hide. */
export async function redactTar({ content, depth }: Required<NamedContent>, { redactInner, longestUnpacked }: ArchiveWork): Promise<Buffer> {
  if (depth >= deepestArchive) throw new Unreadable("it is an archive inside of too many others");
  const files: NamedContent[] = [];
  let isSame = true;
  const limits = { maxEntries: 100_000, maxEntryBytes: longestUnpacked, maxTotalBytes: longestUnpacked, links: "skip" } as const;
  for await (const { name, body } of readArchive(Readable.from([content], { objectMode: false }), limits)) {
    const plain = await buffer(body);
    const clean = await redactInner({ name, content: plain, depth: depth + 1 });
    isSame &&= clean === plain;
    files.push({ name, content: clean });
  }
  if (isSame) return content;
  const entries = (async function* () {
    for (const { name, content: bytes } of files) yield { name, size: bytes.length, body: Readable.from([bytes], { objectMode: false }) };
  })();
  return buffer(packEntries(entries));
}
