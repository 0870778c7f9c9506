import type { Readable } from "node:stream";
import { KnownError } from "../contract/known-error.ts";
import type { ArchiveLimits } from "./archive-limits.ts";
import { overLimit, readerLimits } from "./archive-limits.ts";
import { openBody } from "./entry-body.ts";
import { getItAgain } from "./inflate.ts";
import { parseEntryName, quoteName } from "./safe-name.ts";
import type { RawEntry } from "./tar-parser.ts";
import { createTarParser } from "./tar-parser.ts";
import { followTar } from "./tar-progress.ts";
import { unpackGzip } from "./unpack-gzip.ts";

/** A regular file of an archive: `name` is safe and relative, `size` in bytes. `body` is to be read before the next entry is asked for. */
export type ArchiveEntry = { readonly name: string; readonly size: number; readonly modifiedAt: Date; readonly body: Readable };

/**
 * The files of a tar or tar.gz in their order; folders are passed over, and a body that was not read is drained when the loop goes on. Throws
 * KnownError "invalid-tarball", whose sentence reads on after "FILE: ", for what is no tarball, cut off, damaged, over the limits, or holds names or
 * (unless they are skipped) links that are not to be trusted; an error of `input` is passed on. `input` is destroyed at the end.
 */
export async function* readArchive(input: Readable, limits: ArchiveLimits = readerLimits): AsyncGenerator<ArchiveEntry> {
  const progress = followTar();
  const parser = createTarParser(({ header, byteOffset }) => progress.enter({ byteOffset, size: header.type === "directory" ? 0 : header.size }));
  let inputError: Error | undefined;
  let lastName: string | undefined;
  let isFed = false;
  const fed = feed();
  try {
    for (let count = 1; ; count++) {
      const found = await parser.nextEntry().catch((error: unknown) => {
        throw inputError ?? damaged(error);
      });
      if (!found) break;
      // tar-stream waits for ever for what is missing of an entry that it finds after the last byte has come.
      if (isFed && progress.isCutOff()) throw damaged();
      if (count > limits.maxEntries) throw overLimit(`holds more than ${limits.maxEntries} entries`);
      const entry = checkEntry(found, limits);
      lastName = found.header.name;
      if (entry) {
        const body = openBody(found.source, () => inputError ?? damaged());
        yield { ...entry, body };
        body.destroy();
      } else found.source.resume();
      found.next();
    }
    await fed;
    if (inputError) throw inputError;
    progress.checkEnd();
  } finally {
    parser.stop();
    input.destroy();
    await fed;
  }

  async function feed(): Promise<void> {
    try {
      for await (const chunk of unpackGzip(input, limits, progress.begin)) {
        progress.take(chunk);
        if (!(await parser.write(chunk))) return;
      }
      isFed = true;
      if (progress.isCutOff()) parser.stop();
      else parser.end();
    } catch (error) {
      inputError = error instanceof Error ? error : new Error(String(error));
      parser.stop();
    }
  }

  function damaged(cause?: unknown): KnownError {
    const what =
      lastName === undefined ? "is no tarball: it does not begin with a tar entry" : `is cut off or damaged at or after the entry ${quoteName(lastName)}`;
    return new KnownError("invalid-tarball", `${what}.`, { hint: getItAgain, cause });
  }
}

/** What is to be yielded of an entry, without its body; undefined for a folder and for what the limits say to skip. */
function checkEntry({ header }: RawEntry, limits: ArchiveLimits): Omit<ArchiveEntry, "body"> | undefined {
  const { name, type, size, mtime } = header;
  // A global header is copied into each entry's: a large one makes reading take days.
  if (header.pax && Object.keys(header.pax).length > maxPaxKeys) throw overLimit(`holds more than ${maxPaxKeys} extended attributes for ${quoteName(name)}`);
  if (!Number.isSafeInteger(size) || size > limits.maxEntryBytes) throw overLimit(`holds ${quoteName(name)} of more than ${limits.maxEntryBytes} bytes`);
  if (type === "directory") {
    // "./" and "/" alone are the folder itself.
    if (/[^./]|\.\./.test(name)) parseEntryName(name);
    return undefined;
  }
  if (type === "file" || type === "contiguous-file")
    return { name: parseEntryName(name), size, modifiedAt: Number.isNaN(mtime.getTime()) ? new Date(0) : mtime };
  const why = `is a ${kinds[type] ?? "special file"}`;
  if (limits.links === "refuse")
    throw new KnownError("invalid-tarball", `holds ${quoteName(name)}, which ${why}, and only plain files are read.`, {
      hint: "Pack it again without links and special files (tar's --dereference writes what links point to).",
    });
  limits.onSkipped?.(name, why);
  return undefined;
}

const maxPaxKeys = 1000;

const kinds: { readonly [type: string]: string } = {
  symlink: "symbolic link",
  link: "hard link",
  fifo: "named pipe",
  "character-device": "device",
  "block-device": "device",
};
