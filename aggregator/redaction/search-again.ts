import type { ArchiveWriter } from "../../core/archive/write-archive.ts";
import { addCanaries } from "../../core/redaction/add-canaries.ts";
import { verifyArchive } from "../../core/redaction/verify-archive.ts";
import type { Verified } from "../../core/redaction/redaction-report.ts";
import type { Redactor } from "../../core/redaction/redactor.ts";
import { probeGuards } from "./probe-guards.ts";

type Search = { readonly redactor: Redactor; readonly isTrusted: (name: string) => boolean; readonly signal: AbortSignal };

/** Reads what was added to an archive so far from the disk again, and tries each way with canaries; a canary that came out counts as a leak of its way. */
export async function searchAgain(archive: ArchiveWriter, { redactor, ...search }: Search): Promise<Verified> {
  const canaries = await probeGuards(redactor);
  const verification = await verifyArchive(await archive.readBack(), { redactor, ...search });
  return addCanaries(verification, canaries);
}
