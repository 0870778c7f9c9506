import { isMap, isPair, isScalar, visit } from "yaml";
import type { Document, Node } from "yaml";
import type { ResultItem } from "../contract/result-item.ts";
import { resultItemSchema } from "../contract/result-item.ts";

/**
 * A result item from a YAML document, or what is wrong with it, with the line. Names, statuses and meta stay as they are written (1.10 is not 1.1), as
 * Go's reader takes them; `lineOf` says in which line an offset is.
 */
export function parseItem(document: Document.Parsed, lineOf: (offset: number) => number): { readonly item: ResultItem } | { readonly problem: string } {
  if (!isMap(document.contents))
    return { problem: `${lineText(document.contents, lineOf)}holds no result item: a mapping with name, status and items is needed` };
  try {
    keepWords(document);
    const parsed = resultItemSchema.safeParse(document.toJS({ maxAliasCount: 100 }));
    if (parsed.success) return isTooDeep(parsed.data) ? { problem: tooDeep } : { item: parsed.data };
    const problems = parsed.error.issues.slice(0, 5).map(({ path, message }) => {
      const where = path.filter((key) => typeof key !== "symbol");
      return `${lineText(document.getIn(where, true), lineOf)}${where.join(".")}: ${message}`;
    });
    return { problem: problems.join("; ") };
  } catch (error) {
    if (error instanceof RangeError) return { problem: tooDeep };
    // Aliases that lead nowhere or multiply.
    if (error instanceof ReferenceError) return { problem: error.message };
    throw error;
  }
}

const maxDepth = 100;
const tooDeep = `its items are nested more than ${maxDepth} deep`;

function lineText(node: unknown, lineOf: (offset: number) => number): string {
  const offset = (node as Partial<Node> | undefined | null)?.range?.[0];
  return offset === undefined ? "" : `line ${lineOf(offset)} `;
}

function keepWords(document: Document.Parsed): void {
  visit(document, {
    Pair: (_key, pair, path) => {
      if (!isScalar(pair.key)) return undefined;
      const key = String(pair.key.value);
      if (key === "details") return visit.SKIP;
      const isMeta = path.some((above) => isPair(above) && isScalar(above.key) && above.key.value === "meta");
      if ((isMeta || key === "name" || key === "status") && isScalar(pair.value) && typeof pair.value.value !== "string")
        pair.value.value = pair.value.value === null ? "" : (pair.value.source ?? String(pair.value.value));
      return undefined;
    },
  });
}

const isTooDeep = (item: ResultItem, depth = 1): boolean => depth > maxDepth || (item.items ?? []).some((below) => isTooDeep(below, depth + 1));
