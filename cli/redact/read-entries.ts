import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { readerLimits } from "../../core/archive/archive-limits.ts";
import { readArchive } from "../../core/archive/read-archive.ts";
import { readFolder } from "../../core/archive/read-folder.ts";
import { isKnownError, KnownError } from "../../core/contract/known-error.ts";
import type { Entry } from "../../core/redaction/files/redact-entry.ts";
import type { SourceKind } from "./source-kind.ts";

type Source = { readonly kind: SourceKind; readonly shown: string; readonly onSkipped: (name: string, why: string) => void };

/** The files at a path, links left out and told; KnownError naming the path where it is a tarball that is broken or not to be trusted. */
export async function* readEntries(path: string, { kind, shown, onSkipped }: Source): AsyncGenerator<Entry> {
  const limits = { ...readerLimits, links: "skip", onSkipped } as const;
  try {
    if (kind === "folder") yield* readFolder(path, limits);
    else if (kind === "tarball") yield* readArchive(createReadStream(path), limits);
    else yield { name: basename(path), size: (await stat(path)).size, body: createReadStream(path) };
  } catch (error) {
    if (!isKnownError(error) || error.code !== "invalid-tarball") throw error;
    throw new KnownError(error.code, `${shown}: ${error.message}`, { ...(error.hint !== undefined && { hint: error.hint }), cause: error });
  }
}
