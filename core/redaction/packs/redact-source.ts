import { segmentBytes } from "../../archive/packed-frame.ts";
import type { FileToPack } from "../../archive/write-packed.ts";
import { isConformanceFile } from "../files/is-conformance-file.ts";
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
 * or of lines of JSON, and gzip by what is in it; for other archives that are large there is a placeholder.
 */
export async function redactSource(redactor: Redactor, source: PackSource, heldBytes: number): Promise<RedactedSource> {
  const { path, size } = source;
  const tally = createTally();
  const isAllowed = redactor.userRules?.allowedFiles.some((pattern) => pattern.test(path)) === true;
  const isKept = isConformanceFile(path) || isAllowed;
  const name = isKept ? source.name : redactText(redactor, source.name, { tally });
  const found: FileTally = { name: isKept ? path : redactText(redactor, path, { tally: createTally() }), tally, isKept };
  const isLeftOut = redactor.userRules?.files.some(({ matches }) => matches.test(path)) === true && !isAllowed;
  const judged = isLeftOut ? "held" : await judgeLarge(source, { heldBytes, longestUnpacked: redactor.longestUnpacked });
  if (judged === "held") {
    const content = isLeftOut ? Buffer.alloc(0) : await readWhole(source);
    const clean = await redactFile(redactor, { name: path, content }, tally);
    return { found, file: hold(name, clean === content ? clean : await lookAgain(redactor, { name: path, content: clean }, tally)) };
  }
  if (isAllowed) return { found, file: { name, size, pieces: cutPieces(source.open(), size) } };
  const large = "why" in judged ? judged : await redactLarge(redactor, { source, isKept, stages: judged.stages }, tally);
  if (!("why" in large)) return { found, file: { name, ...large } };
  tally.dropped.push(large.why);
  return { found, file: hold(name, renderPlaceholder(path, large.why)) };
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
