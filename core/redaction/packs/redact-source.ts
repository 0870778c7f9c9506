import { segmentBytes } from "../../archive/packed-frame.ts";
import type { FileToPack } from "../../archive/write-packed.ts";
import { isConformanceFile } from "../files/is-conformance-file.ts";
import { isAllowed, isLeftOut } from "../files/is-left-out.ts";
import { lookAgain } from "../files/look-again.ts";
import { redactFile } from "../files/redact-file.ts";
import { renderPlaceholder } from "../files/render-placeholder.ts";
import type { Redactor } from "../redactor.ts";
import type { FileTally } from "../redaction-report.ts";
import { createTally } from "../tally.ts";
import { redactText } from "../text/redact-text.ts";
import { cutPieces } from "./cut-pieces.ts";
import { judgeLarge } from "./judge-large.ts";
import { redactLarge } from "./redact-large.ts";

/**
 * A file that can be read more than once: its name in a pack, its path in the tarball, which says what it is, and its `size` in bytes. `open` gives exactly so many,
 * in pieces that hold until the next is asked for.
 */
export type PackSource = { readonly name: string; readonly path: string; readonly size: number; readonly open: () => AsyncIterable<Buffer> };

/** A file ready to be packed, and what was hidden in it. */
export type RedactedSource = { readonly file: FileToPack; readonly found: FileTally };

/**
 * A file without its secrets. Of up to `heldBytes` it is read whole. What is larger is read twice, because a pack says the size first: as a stream of text
 * or of lines of JSON, and gzip by what is in it; for other archives that are large there is a placeholder. "busy" comes
 * now and then while that takes long.
 */
export async function* redactSource(redactor: Redactor, source: PackSource, heldBytes: number): AsyncGenerator<"busy", RedactedSource> {
  const { path, size } = source;
  const described = describeSource(redactor, source);
  const { name, found } = described;
  const leavesOut = isLeftOut(redactor, path);
  const judged = leavesOut ? "held" : await judgeLarge(source, { heldBytes, longestUnpacked: redactor.longestUnpacked });
  if (judged === "held") {
    const content = leavesOut ? Buffer.alloc(0) : await readWhole(source);
    const clean = await redactFile(redactor, { name: path, content }, found.tally);
    return { found, file: hold(name, clean === content ? clean : await lookAgain(redactor, { name: path, content: clean }, found.tally)) };
  }
  if (isAllowed(redactor, path)) return { found, file: { name, size, pieces: cutPieces(source.open(), size) } };
  const large = "why" in judged ? judged : yield* redactLarge(redactor, { source, isKept: found.isKept, stages: judged.stages }, found.tally);
  if (!("why" in large)) return { found, file: { name, ...large } };
  return holdPlaceholder(described, path, large.why);
}

/** Under which name a file goes into a pack, and what is found in it, nothing yet; of one that is to stay as it is the name stays too. */
export function describeSource(redactor: Redactor, { name, path }: Pick<PackSource, "name" | "path">): { readonly name: string; readonly found: FileTally } {
  const tally = createTally();
  if (isConformanceFile(path) || isAllowed(redactor, path)) return { name, found: { name: path, tally, isKept: true } };
  // The folder is the tarball's own, and tells whose report it is.
  const own = name === "" ? path.slice(path.lastIndexOf("/") + 1) : name;
  const clean = redactText(redactor, own, { tally });
  return { name: name === "" ? "" : clean, found: { name: `${path.slice(0, path.length - own.length)}${clean}`, tally, isKept: false } };
}

/** A placeholder in the place of a file, and why in what was found. */
export function holdPlaceholder({ name, found }: ReturnType<typeof describeSource>, path: string, why: string): RedactedSource {
  found.tally.dropped.push(why);
  return { found, file: hold(name, renderPlaceholder(path, why)) };
}

async function readWhole({ size, open }: PackSource): Promise<Buffer> {
  const content = Buffer.alloc(size);
  let at = 0;
  for await (const piece of open()) at += piece.copy(content, at);
  return content;
}

const hold = (name: string, content: Buffer): FileToPack => ({ name, size: content.length, pieces: cutHeld(content) });

async function* cutHeld(content: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < content.length; at += segmentBytes) yield content.subarray(at, at + segmentBytes);
}
