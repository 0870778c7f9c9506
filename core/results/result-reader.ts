import type { Readable } from "node:stream";
import type { ResultItem } from "../contract/result-item.ts";
import { decodeText } from "./decode-text.ts";
import type { FileContent } from "./read-result-file.ts";

/**
 * Reads one file of one format, fed with text in pieces. `write` throws StoppedReading for what it can't go on with; `end` is then told why, and gives
 * what was read so far with a failed item that says so.
 */
export type ResultReader = { readonly write: (text: string) => void; readonly end: (problem?: string) => FileContent };

/** Feeds a file's text to a reader; an error of the file itself ends it like one of the content. */
export async function feedReader(reader: ResultReader, body: Readable): Promise<FileContent> {
  try {
    for await (const text of decodeText(body)) reader.write(text);
  } catch (error) {
    return reader.end(error instanceof Error ? error.message : String(error));
  }
  return reader.end();
}

/** The rest of a file can't or won't be read; the message is a sentence for people. */
export class StoppedReading extends Error {}

/** Content as far as it was read, and that it could not be read further: a failed item after the others, or the file itself if there are none. */
export function markUnread(content: FileContent, problem: string): FileContent {
  const { items = [], ...others } = content;
  const failed: Pick<ResultItem, "status" | "details"> = { status: "failed", details: { error: problem } };
  if (items.length === 0) return { ...others, ...failed, details: { ...others.details, ...failed.details } };
  return { ...content, items: [...items, { name: "(the rest of the file)", ...failed }] };
}

/** Items of one file that are read at most. */
export const maxItems = 250_000;
