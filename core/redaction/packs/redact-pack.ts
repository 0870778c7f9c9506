import { segmentBytes } from "../../archive/packed-frame.ts";
import type { FileToPack } from "../../archive/write-packed.ts";
import { writePacked } from "../../archive/write-packed.ts";
import { collectTallies } from "../collect-tallies.ts";
import type { Redactor } from "../redactor.ts";
import { renderPackReport } from "./pack-report.ts";
import type { PackSource } from "./redact-source.ts";
import { redactSource } from "./redact-source.ts";

/** `heldBytes`: files of at most so many bytes are read whole. `folder` is where they are to lie in the tarball. */
type PackWork = { readonly redactor: Redactor; readonly heldBytes: number; readonly folder: string };

/** A pack of these files without their secrets, each asked for when the one before is packed, with a report of what was hidden behind them. The same files give the same bytes. */
export function redactPack(sources: AsyncIterable<PackSource>, { redactor, heldBytes, folder }: PackWork): AsyncGenerator<Buffer> {
  const tallies = collectTallies();
  const files = async function* (): AsyncGenerator<FileToPack> {
    for await (const source of sources) {
      const { file, found } = await redactSource(redactor, source, heldBytes);
      tallies.add(found);
      yield file;
    }
  };
  return writePacked(files(), () => renderPackReport(tallies.all(), { rest: folder, most: segmentBytes }));
}
