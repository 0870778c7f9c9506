import type { JsonObject } from "../../core/contract/json.ts";

/** A line of the status that Sonobuoy reads: a plugin's result on a node. */
export type Row = JsonObject & {
  readonly plugin: string;
  readonly node: string;
  readonly status: "running" | "complete" | "failed";
  readonly "result-status": string;
  readonly "result-counts": { readonly [status: string]: number } | null;
};

/** Bytes that the rows may take as JSON. */
const rowsLimit = 56 * 1024;

/** Of these, what single failures may take before the others are counted. */
const failuresLimit = 16 * 1024;

/**
 * The rows as they fit an annotation: all of them if they can, else the first that failed, and the others counted, those of one plugin that say the
 * same in one row. Counts are never lost.
 */
export function fitRows(rows: readonly Row[]): readonly JsonObject[] {
  if (doFit(rows)) return rows;
  const failures = takeWhole(
    rows.filter(({ status }) => status === "failed"),
    failuresLimit,
  );
  const named = new Set<Row>(failures);
  const others = rows.filter((row) => !named.has(row));
  for (const words of [(row: Row) => row["result-status"], () => ""]) {
    const merged = [...failures, ...mergeRows(others, words)];
    if (doFit(merged)) return merged;
  }
  // Hundreds of plugins.
  return takeWhole(
    mergeRows(rows, () => ""),
    rowsLimit,
  );
}

/** Looks at no more rows than fit. */
const doFit = (rows: readonly JsonObject[]): boolean => takeWhole(rows, rowsLimit).length === rows.length;

const sizeOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

/** The first rows that there is room for. */
function takeWhole<T extends JsonObject>(rows: readonly T[], limit: number): readonly T[] {
  let room = limit - 2;
  const end = rows.findIndex((row) => (room -= sizeOf(row) + 1) < 0);
  return end < 0 ? rows : rows.slice(0, end);
}

/** Rows of one plugin and status whose results `wordOf` gives the same word. */
function mergeRows(rows: readonly Row[], wordOf: (row: Row) => string): readonly JsonObject[] {
  return [...Map.groupBy(rows, (row) => `${row.plugin} ${row.status} ${wordOf(row)}`).values()].flatMap((group) => {
    const [row] = group;
    if (row === undefined) return [];
    return {
      plugin: row.plugin,
      node: group.length === 1 ? row.node : `${group.length} nodes`,
      status: row.status,
      "result-status": wordOf(row),
      "result-counts": sumCounts(group),
    };
  });
}

/** Words of a plugin's own may be as many as its results. */
const mostWords = 20;

function sumCounts(rows: readonly Row[]): JsonObject {
  const counts = new Map<string, number>();
  for (const row of rows)
    for (const [word, count] of Object.entries(row["result-counts"] ?? {})) {
      const known = counts.has(word) || counts.size < mostWords ? word : "other";
      counts.set(known, (counts.get(known) ?? 0) + count);
    }
  return Object.fromEntries(counts);
}
