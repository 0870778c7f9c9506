import type { ArchiveWriter } from "../../core/archive/write-archive.ts";
import { redactFile } from "../../core/redaction/files/redact-file.ts";
import { redactPath } from "../../core/redaction/redact-path.ts";
import type { Redactor } from "../../core/redaction/redactor.ts";
import { createTally } from "../../core/redaction/tally.ts";
import { redactText } from "../../core/redaction/text/redact-text.ts";
import type { RunRedaction } from "./run-redaction.ts";

/**
 * An archive that hides secrets in what is added whole, which is all that the aggregator itself writes, and names of nodes in every path. Streams and packed
 * results were searched where they were read.
 */
export function guardArchive(archive: ArchiveWriter, { redactor, tallies }: Pick<RunRedaction, "redactor" | "tallies">): ArchiveWriter {
  if (redactor === undefined) return archive;
  const pathOf = (name: string): string => guardPath(redactor, name);
  return {
    ...archive,
    add: async (rawName, content) => {
      const name = pathOf(rawName);
      const tally = createTally();
      // Result trees are long, of our own making, and by parts clean already: their structure says nothing new.
      const clean = rawName.endsWith(".json")
        ? await redactFile(redactor, { name: rawName, content: Buffer.from(content) }, tally)
        : redactText(redactor, content.toString(), { tally });
      await archive.add(name, clean);
      tallies.add({ name, tally, isKept: false });
    },
    addStream: (name, size, body) => archive.addStream(pathOf(name), size, body),
    addPacked: (name, size, segments) => archive.addPacked(pathOf(name), size, segments),
  };
}

/** A path as a tarball has it: with tokens in place of names, where such are made. */
export const guardPath = (redactor: Redactor, path: string): string => redactPath(redactor, path, createTally());
