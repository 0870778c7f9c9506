import { deepestArchive } from "./archive-bounds.ts";
import { readZip } from "./read-zip.ts";
import type { ArchiveWork, NamedContent } from "./named-content.ts";
import { renderZip } from "./render-zip.ts";
import { Unreadable } from "./unreadable.ts";

/** A zip with each of its files redacted, written anew; the same buffer where there was nothing to hide. */
export async function redactZip({ content, depth }: Required<NamedContent>, { redactInner, longestUnpacked }: ArchiveWork): Promise<Buffer> {
  if (depth >= deepestArchive) throw new Unreadable("it is an archive inside of too many others");
  const files: { readonly name: string; readonly content: Buffer }[] = [];
  let isSame = true;
  for (const { name, content: plain } of readZip(content, longestUnpacked)) {
    const clean = await redactInner({ name, content: plain, depth: depth + 1 });
    isSame &&= clean === plain;
    files.push({ name, content: clean });
  }
  return isSame ? content : renderZip(files);
}
