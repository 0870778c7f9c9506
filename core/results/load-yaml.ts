import { LineCounter, parseAllDocuments } from "yaml";
import type { Document } from "yaml";

/** The documents of a YAML text, or what is wrong with it, beginning with the line. `lineOf` says in which line (from 1) an offset is. */
export type LoadedYaml = { readonly documents: readonly Document.Parsed[]; readonly lineOf: (offset: number) => number } | { readonly problem: string };

/** Parses YAML; of a key that stands twice the last counts, as in Go. Neither depth nor aliases of a hostile file do harm. */
export function loadYaml(text: string): LoadedYaml {
  const lines = new LineCounter();
  const lineOf = (offset: number): number => lines.linePos(offset).line;
  try {
    // Looking for doubled keys takes quadratic time.
    const parsed = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false, logLevel: "silent" });
    const documents = Array.isArray(parsed) ? parsed : [];
    const error = documents.flatMap(({ errors }) => errors)[0];
    return error ? { problem: `line ${lineOf(error.pos[0])} is no YAML: ${error.message}` } : { documents, lineOf };
  } catch (error) {
    if (error instanceof RangeError) return { problem: "its YAML is nested too deeply" };
    throw error;
  }
}
