import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { deepestArchive } from "./archive-bounds.ts";
import type { ArchiveWork, NamedContent } from "./named-content.ts";
import { Unreadable } from "./unreadable.ts";

/** A gzip file with its content redacted; the same buffer where there was nothing to hide. Throws Unreadable for what is damaged or too large. */
export async function redactGzip({ name, content, depth }: Required<NamedContent>, { redactInner, longestUnpacked }: ArchiveWork): Promise<Buffer> {
  if (depth >= deepestArchive) throw new Unreadable("it is an archive inside of too many others");
  const plain = await promisify(gunzip)(content, { maxOutputLength: longestUnpacked }).catch(() => {
    throw new Unreadable(`it is gzip that is damaged or unpacks to more than ${longestUnpacked} bytes`);
  });
  const inner = name.replace(/\.tgz$/i, ".tar").replace(/\.gz$/i, "");
  const clean = await redactInner({ name: inner, content: plain, depth: depth + 1 });
  return clean === plain ? content : promisify(gzip)(clean);
}
