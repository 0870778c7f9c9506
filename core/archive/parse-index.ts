import { KnownError } from "../contract/known-error.ts";
import type { IndexLine } from "../contract/tarball-layout.ts";
import { indexLineSchema } from "../contract/tarball-layout.ts";
import type { ArchiveLimits } from "./archive-limits.ts";
import { overLimit } from "./archive-limits.ts";
import { tarBlock } from "./render-tar-header.ts";
import { parseEntryName, quoteName } from "./safe-name.ts";

/**
 * The lines of an index, in the order of the archive; its segments must fill the archive's bytes from `start` to `end` without gap or overlap. Throws
 * KnownError "invalid-tarball" for what is not so, for names that are unsafe or there twice, and for more than the limits allow.
 */
export function parseIndex(text: Buffer, space: { readonly start: number; readonly end: number }, limits: ArchiveLimits): readonly IndexLine[] {
  const entries: IndexLine[] = [];
  const names = new Set<string>();
  let last: IndexLine | undefined;
  let [segmentsEnd, total] = [space.start, 0];
  for (const line of splitLines(text)) {
    const entry = parseLine(line);
    if (entry === undefined) throw untrusted(`its line ${entries.length + 1} is none of an index`);
    const { name, offset, length, skip, size } = entry;
    if (parseEntryName(name) !== name) throw untrusted(`it holds the name ${quoteName(name)}`);
    if (names.size === names.add(name).size) throw untrusted(`it holds ${quoteName(name)} twice`);
    if (last?.offset === offset && last.length === length) {
      if (skip < last.skip + tarBlock + Math.ceil(last.size / tarBlock) * tarBlock)
        throw untrusted(`${quoteName(name)} begins before the entry in front of it ends`);
    } else {
      if (offset !== segmentsEnd || skip !== 0) throw untrusted(`${quoteName(name)} does not begin where the entry in front of it ends`);
      segmentsEnd += length;
    }
    total += size;
    last = entry;
    entries.push(entry);
    if (entries.length > limits.maxEntries) throw overLimit(`holds more than ${limits.maxEntries} entries`);
    if (size > limits.maxEntryBytes) throw overLimit(`holds ${quoteName(name)} of more than ${limits.maxEntryBytes} bytes`);
    if (total > limits.maxTotalBytes) throw overLimit(`holds more than ${limits.maxTotalBytes} bytes`);
  }
  if (segmentsEnd !== space.end) throw untrusted("its entries do not end where it begins itself");
  return entries;
}

/** The error for an index that says something else than the archive around it. */
export const untrusted = (what: string): KnownError =>
  new KnownError("invalid-tarball", `has an index that is damaged or made up: ${what}.`, {
    hint: "Fetch it again (`asdic retrieve` checks what arrives). If it stays so, somebody changed it: unpack it with tar, which knows no index, and look at the files.",
  });

function* splitLines(text: Buffer): Generator<string> {
  for (let at = 0; at < text.length;) {
    const found = text.indexOf(10, at);
    const end = found === -1 ? text.length : found;
    yield text.toString("utf8", at, end);
    at = end + 1;
  }
}

function parseLine(text: string): IndexLine | undefined {
  try {
    return indexLineSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
