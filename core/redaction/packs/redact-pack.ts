import { segmentBytes } from "../../archive/packed-frame.ts";
import type { FileToPack } from "../../archive/write-packed.ts";
import { writePacked } from "../../archive/write-packed.ts";
import { collectTallies } from "../collect-tallies.ts";
import type { Redactor } from "../redactor.ts";
import { renderPackReport } from "./pack-report.ts";
import type { PackSource, RedactedSource } from "./redact-source.ts";
import { redactSource } from "./redact-source.ts";

/** `heldBytes`: files of at most so many bytes are read whole. `folder` is where they are to lie in the tarball. */
type PackWork = { readonly redactor: Redactor; readonly heldBytes: number; readonly folder: string };

/** A pack of these files without their secrets, each asked for when the one before is packed, with a report of what was hidden behind them. The same files give the same bytes. */
export function redactPack(sources: AsyncIterable<PackSource>, { redactor, heldBytes, folder }: PackWork): AsyncGenerator<Buffer> {
  const redacted = async function* (): AsyncGenerator<RedactedSource | "busy"> {
    for await (const source of sources) yield yield* redactSource(redactor, source, heldBytes);
  };
  return packRedacted(redacted(), folder);
}

/** A pack of files that are redacted already, with a report of what was hidden in them behind them. */
export function packRedacted(sources: AsyncIterable<RedactedSource | "busy">, folder: string): AsyncGenerator<Buffer> {
  const tallies = collectTallies();
  const files = async function* (): AsyncGenerator<FileToPack | "busy"> {
    for await (const source of sources) {
      if (source !== "busy") tallies.add(source.found);
      yield source === "busy" ? source : source.file;
    }
  };
  return writePacked(files(), () => renderPackReport(tallies.all(), { rest: folder, most: segmentBytes }));
}
