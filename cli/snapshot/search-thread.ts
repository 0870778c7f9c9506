import { parentPort, workerData } from "node:worker_threads";
import { openPart, type ArchivePart } from "../../core/archive/open-indexed.ts";
import type { RedactionOptions } from "../../core/contract/redaction-options.ts";
import { createRunRedactor, type TokenMaterial } from "../../core/redaction/run-redactor.ts";
import { verifyArchive, type Verification } from "../../core/redaction/verify-archive.ts";

/** What the thread is told when it starts: how everything was redacted. */
export type SearchThreadInput = { readonly redaction: RedactionOptions; readonly material: TokenMaterial };

/** What it answers, once for each part that it is sent. */
export type SearchThreadAnswer = { readonly found: Verification } | { readonly failure: unknown };

/** The thread's program: searches parts of an archive for secrets one after the other. */
function serveSearch({ redaction, material }: SearchThreadInput, port: NonNullable<typeof parentPort>): void {
  const redactor = createRunRedactor(redaction, material);
  if (redactor === undefined) throw new Error("There is a search, and no redactor.");
  const search = async (part: ArchivePart): Promise<SearchThreadAnswer> => {
    try {
      return { found: await verifyArchive(openPart(part), { redactor }) };
    } catch (error) {
      return { failure: error };
    }
  };
  let last: Promise<unknown> = Promise.resolve();
  port.on("message", (part: ArchivePart) => {
    last = last.then(async () => port.postMessage(await search(part)));
  });
}

// Nothing else than the thread imports this file.
if (parentPort) serveSearch(workerData as SearchThreadInput, parentPort);
