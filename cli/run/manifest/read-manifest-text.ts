import { createReadStream } from "node:fs";
import { resolve } from "node:path";
import type { CommandContext } from "../../command-context.ts";
import { KnownError } from "../../../core/contract/known-error.ts";
import { readFailure } from "../../read-failure.ts";

/** A manifest's text and how people call it. */
export type ManifestText = { readonly text: string; readonly source: string };

/** Plugins have 180 KiB at most, and a run a few dozen. */
const largestManifest = 64 * 1024 ** 2;

/** The file, or all of the standard input for "-", which is read once; KnownError "invalid-file" when it can't be read or is larger than 64 MiB. */
export async function readManifestText({ cwd, openInput }: CommandContext, file: string): Promise<ManifestText> {
  const source = file === "-" ? "(standard input)" : file;
  const stream = file === "-" ? openInput?.() : createReadStream(resolve(cwd, file));
  if (stream === undefined) throw invalid(source, "can't be read: there is no standard input.");
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of stream) {
      const bytes = Buffer.from(chunk);
      size += bytes.length;
      if (size > largestManifest) throw invalid(source, "is larger than 64 MiB, so it is no run's manifest.");
      chunks.push(bytes);
    }
  } catch (error) {
    const why = readFailure(error);
    throw why === undefined ? error : invalid(source, `${why}.`, error);
  }
  return { source, text: Buffer.concat(chunks).toString("utf8") };
}

const invalid = (source: string, what: string, cause?: unknown): KnownError =>
  new KnownError("invalid-file", `${source}: ${what}`, { hint: "-f takes what `asdic gen` prints: a file, or - for the standard input.", cause });
