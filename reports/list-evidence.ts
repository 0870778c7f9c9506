import type { Json } from "../core/contract/json.ts";
import { isJsonObject } from "../core/contract/json.ts";
import { cutHead } from "./cut-text.ts";
import type { EvidencePart } from "./run-report.ts";

/**
 * The `evidence` of an error file as parts with a label and lines: one line for a value, one for each object of a list, where a text of several
 * lines, such as the end of a log, stays one. At most 16 parts of 12 lines, 1,000 characters a line; `…` says where there was more.
 */
export function listEvidence(evidence: Json | undefined): readonly EvidencePart[] {
  if (!isJsonObject(evidence)) return [];
  return Object.entries(evidence)
    .map(([key, value]) => ({ label: cutHead(key, 64), lines: cutLines(linesOf(value)) }))
    .filter(({ lines }) => lines.length > 0)
    .slice(0, maxParts);
}

const [maxParts, maxLines, longestLine] = [16, 12, 1000];

const linesOf = (value: Json | undefined): readonly string[] =>
  Array.isArray(value) ? value.map(lineOf).filter((line) => line !== "") : [lineOf(value)].filter((line) => line !== "");

/** Lists and objects inside of objects are rare here, and shown as the JSON that they are. */
const lineOf = (value: Json | undefined): string =>
  isJsonObject(value)
    ? Object.entries(value)
        .map(([key, part]) => (isJsonObject(part) ? `${key} (${lineOf(part)})` : `${key}: ${plain(part)}`))
        .filter((part) => !part.endsWith(": "))
        .join(" · ")
    : plain(value);

const plain = (value: Json | undefined): string =>
  typeof value === "string" ? value.trim() : value === undefined || value === null ? "" : JSON.stringify(value);

const cutLines = (lines: readonly string[]): readonly string[] => [
  ...lines.slice(0, maxLines).map((line) => cutHead(line, longestLine)),
  ...(lines.length > maxLines ? [`… and ${lines.length - maxLines} more in the tarball`] : []),
];
