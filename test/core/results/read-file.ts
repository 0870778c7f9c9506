import { Readable } from "node:stream";
import type { ResultFormat } from "../../../core/contract/plugin-definition.ts";
import type { ResultItem } from "../../../core/contract/result-item.ts";
import { isLeaf } from "../../../core/contract/result-item.ts";
import { readResultFile } from "../../../core/results/read-result-file.ts";

/** A result file from text, in pieces of `pieceBytes`. */
export function readText(format: ResultFormat, content: string | Buffer, pieceBytes = 65_536): Promise<ResultItem> {
  const bytes = Buffer.from(content);
  const pieces = Array.from({ length: Math.ceil(bytes.length / pieceBytes) }, (_, index) => bytes.subarray(index * pieceBytes, (index + 1) * pieceBytes));
  return readResultFile({ format, name: `results/global/file.${format}`, body: Readable.from(pieces) });
}

/** Everything below an item that counts, as [name, status]. */
export const leavesOf = (item: ResultItem): readonly ResultItem[] => (isLeaf(item) ? [item] : (item.items ?? []).flatMap(leavesOf));

export const statusesOf = (item: ResultItem): readonly (readonly [string, string])[] => leavesOf(item).map(({ name, status }) => [name, status]);
