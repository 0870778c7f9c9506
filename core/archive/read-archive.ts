import type { Readable } from "node:stream";
import { isKnownError, KnownError } from "../contract/known-error.ts";
import type { ArchiveLimits } from "./archive-limits.ts";
import { overLimit, readerLimits } from "./archive-limits.ts";
import { openBody } from "./entry-body.ts";
import { parseEntryName, quoteName } from "./safe-name.ts";
import type { RawEntry } from "./tar-parser.ts";
import { createTarParser } from "./tar-parser.ts";
import { followTar } from "./tar-progress.ts";
import { getItAgain, unpackGzip } from "./unpack-gzip.ts";

/** A regular file of an archive: `name` is safe and relative, `size` in bytes. `body` is to be read before the next entry is asked for. */
export type ArchiveEntry = { readonly name: string; readonly size: number; readonly modifiedAt: Date; readonly body: Readable };

/**
 * The files of a tar or tar.gz in their order; folders are passed over, and a body that was not read is drained when the loop goes on. Throws
 * KnownError "invalid-tarball", whose sentence reads on after "FILE: ", for what is no tarball, cut off, damaged, over the limits, or holds names or
 * (unless they are skipped) links that are not to be trusted; an error of `input` is passed on. `input` is destroyed at the end.
 */
export async function* readArchive(input: Readable, limits: ArchiveLimits = readerLimits): AsyncGenerator<ArchiveEntry> {
  const progress = followTar();
  const parser = createTarParser(progress.enter);
  const fed = feed();
  let failed: unknown;
  try {
    for (let count = 1; ; count++) {
      const found = await parser.nextEntry();
      if (!found) break;
      if (count > limits.maxEntries) throw overLimit(`holds more than ${limits.maxEntries} entries`);
      yield* openEntry(found, limits, failure);
      found.next();
    }
    await fed;
  } catch (error) {
    throw explain(failed ?? error);
  } finally {
    parser.stop();
    await fed.catch(() => undefined);
    input.destroy();
  }

  async function feed(): Promise<void> {
    try {
      for await (const chunk of unpackGzip(input, limits, progress.begin)) {
        progress.take(chunk);
        await parser.write(chunk);
        if (parser.isClosed()) return;
      }
      progress.finish();
      parser.end();
    } catch (error) {
      failed ??= error;
      parser.stop();
    }
  }

  function failure(): Error {
    const error = explain(failed ?? new Error("stopped"));
    return error instanceof Error ? error : new Error(String(error));
  }

  function explain(error: unknown): unknown {
    return error;
  }
}
