import { dirname } from "node:path";
import { tarballPaths } from "../../core/contract/tarball-layout.ts";
import type { Entry } from "../../core/redaction/files/redact-entry.ts";
import { redactEntry } from "../../core/redaction/files/redact-entry.ts";
import { addCanaries } from "../../core/redaction/add-canaries.ts";
import type { FileTally, RedactionReport, Verified } from "../../core/redaction/redaction-report.ts";
import { redactPath } from "../../core/redaction/redact-path.ts";
import type { Redactor } from "../../core/redaction/redactor.ts";
import { createTally } from "../../core/redaction/tally.ts";
import { probeEntries } from "./probe-entries.ts";
import { openTarget } from "./open-target.ts";
import type { SourceKind } from "./source-kind.ts";

type Work = {
  readonly target: string;
  readonly kind: SourceKind;
  readonly entries: AsyncIterable<Entry>;
  readonly redactor: Redactor;
  /** Filled with what was found in each file. */
  readonly tallies: FileTally[];
  readonly report: (verified: Verified) => RedactionReport;
  readonly signal: AbortSignal;
};

/** Writes what is left of the entries to `target`, whole or not at all, and with a tarball or folder the report as meta/redaction.json, after all was read again. */
export async function writeRedacted({ target, kind, entries, redactor, tallies, report, signal }: Work): Promise<RedactionReport> {
  const sink = await openTarget(target, kind);
  try {
    for await (const entry of entries) {
      signal.throwIfAborted();
      if (kind !== "file" && made.has(entry.name)) continue;
      const tally = createTally();
      const clean = await redactEntry(redactor, entry, { tally, spoolFolder: dirname(target), signal });
      const name = kind === "file" ? entry.name : redactPath(redactor, entry.name, tally);
      tallies.push({ name, tally, isKept: clean.isKept });
      try {
        await sink.add(name, clean);
      } finally {
        await clean.remove();
      }
    }
    const canaries = await probeEntries(redactor, { spoolFolder: dirname(target), signal });
    const whole = report(addCanaries(await sink.verify({ redactor, signal }), canaries));
    if (kind !== "file") await sink.add(tarballPaths.redaction, { content: Buffer.from(`${JSON.stringify(whole, null, 2)}\n`) });
    await sink.finish();
    return whole;
  } catch (error) {
    await sink.abandon();
    throw error;
  }
}

/** Made anew with each tarball. */
const made: ReadonlySet<string> = new Set([tarballPaths.index, tarballPaths.indexAt, tarballPaths.redaction]);
