import type { ExpectedResult } from "../state/expected-results.ts";

/** Which rows of a status are wanted: those behind the one that `after` names, `limit` at most. */
export type StatusPage = { readonly after?: string | undefined; readonly limit?: number | undefined };

/** More rows than these are no answer of one piece, whatever is asked for: some megabytes. */
export const mostRows = 20_000;

/**
 * A page of the results, in the order in which they were first expected, and where the next one begins, if there is one; undefined when there is no
 * result by the name of `after`, which is `<plugin>/<node>` of the last row before, as an answer's `next` has it.
 */
export function pageResults(
  results: Iterable<ExpectedResult>,
  { after, limit = mostRows }: StatusPage,
): { readonly rows: readonly ExpectedResult[]; readonly next: string | undefined } | undefined {
  const rows: ExpectedResult[] = [];
  let isBehind = after === undefined;
  for (const result of results) {
    if (rows.length >= Math.min(limit, mostRows)) return { rows, next: nameRow(rows.at(-1)) };
    if (isBehind) rows.push(result);
    else isBehind = nameRow(result) === after;
  }
  return isBehind ? { rows, next: undefined } : undefined;
}

const nameRow = (result: ExpectedResult | undefined): string => (result === undefined ? "" : `${result.plugin}/${result.node}`);
