import type { FileToPack } from "../../archive/write-packed.ts";
import { Unreadable } from "../files/unreadable.ts";
import type { Redactor } from "../redactor.ts";
import type { Tally } from "../tally.ts";
import { addTally, createTally } from "../tally.ts";
import { countBytes } from "./count-bytes.ts";
import { cutPieces } from "./cut-pieces.ts";
import { explainFailure } from "./explain-failure.ts";
import type { Stages } from "./judge-large.ts";
import { openClean } from "./open-clean.ts";
import type { PackSource } from "./redact-source.ts";

type Large = { readonly source: PackSource; readonly isKept: boolean; readonly stages: Stages };

/**
 * A file as a stream without its secrets, of which it holds a megabyte or a line of JSON, and its size then; or why it can't be read. One that `isKept` is
 * only looked at. It says "busy" now and then while it reads the file for the first time. What a file does not hold any more the second time it is read is zeros.
 */
export async function* redactLarge(
  redactor: Redactor,
  { source, isKept, stages }: Large,
  tally: Tally,
): AsyncGenerator<"busy", Pick<FileToPack, "size" | "pieces"> | { readonly why: string }> {
  const found = createTally();
  try {
    const size = yield* countBytes(openClean(redactor, { pieces: source.open(), stages }, found));
    addTally(tally, found);
    if (isKept) return { size: source.size, pieces: cutPieces(source.open(), source.size) };
    return { size, pieces: cutPieces(openClean(redactor, { pieces: source.open(), stages }, createTally()), size) };
  } catch (error) {
    // A line that is too long to be one of JSON's.
    if (error instanceof Unreadable && stages.text === "lines")
      return yield* redactLarge(redactor, { source, isKept, stages: { ...stages, text: "text" } }, tally);
    return { why: explainFailure(error) };
  }
}
