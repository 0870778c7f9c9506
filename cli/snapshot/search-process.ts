import { openPart, type ArchivePart } from "../../core/archive/open-indexed.ts";
import type { RedactionOptions } from "../../core/contract/redaction-options.ts";
import { createRunRedactor, type TokenMaterial } from "../../core/redaction/run-redactor.ts";
import { verifyArchive, type Verification } from "../../core/redaction/verify-archive.ts";

/** What the process is told first: how everything was redacted. All other messages are parts of an archive. */
export type SearchInput = { readonly redaction: RedactionOptions; readonly material: TokenMaterial };

/** What it answers, once for each part. */
export type SearchAnswer = { readonly found: Verification } | { readonly failure: unknown };

/** The program of the process beside a snapshot: searches parts of an archive for secrets, one after the other, until whoever has started it goes. */
function serveSearch({ redaction, material }: SearchInput): void {
  const redactor = createRunRedactor(redaction, material);
  if (redactor === undefined) throw new Error("There is a search, and no redactor.");
  const search = async (part: ArchivePart): Promise<SearchAnswer> => {
    try {
      return { found: await verifyArchive(openPart(part), { redactor }) };
    } catch (failure) {
      return { failure };
    }
  };
  let last: Promise<unknown> = Promise.resolve();
  process.on("message", (part: ArchivePart) => {
    last = last.then(async () => process.send?.(await search(part)));
  });
}

// Ctrl-C is for whoever has started it.
process.on("SIGINT", () => undefined);
process.once("message", serveSearch);
