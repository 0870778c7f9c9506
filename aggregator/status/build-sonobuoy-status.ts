import type { JsonObject } from "../../core/contract/json.ts";
import type { RunStatus } from "../../core/contract/run-status.ts";
import { isEndState } from "../../core/contract/run-status.ts";

/** Bytes that the rows may take: all annotations of an object share 256 KiB. */
const rowsLimit = 150 * 1024;

/**
 * The status as Sonobuoy's own commands read it from the aggregator's annotation (reference §3.6). On clusters whose rows
 * would not fit, those of one plugin that say the same are counted in one row instead.
 */
export function buildSonobuoyStatus(status: RunStatus): JsonObject {
  const rows = status.results.map(buildRow);
  const fits = JSON.stringify(rows).length <= rowsLimit;
  return {
    plugins: fits ? rows : mergeRows(rows),
    status: status.phase,
    "tar-info": status.tarball ? { ...status.tarball } : { name: "", created: "0001-01-01T00:00:00Z", sha256: "", size: 0 },
  };
}

type Row = {
  readonly plugin: string;
  readonly node: string;
  readonly status: string;
  readonly "result-status": string;
  readonly "result-counts": { readonly [status: string]: number } | null;
};

function buildRow({ plugin, node, state, resultStatus, resultCounts, progress }: RunStatus["results"][number]): Row & JsonObject {
  return {
    plugin,
    node,
    status: !isEndState(state) ? "running" : state === "done" || state === "skipped" ? "complete" : "failed",
    "result-status": resultStatus ?? "",
    "result-counts": resultCounts ?? null,
    ...(progress && {
      progress: {
        name: plugin,
        node,
        timestamp: progress.timestamp ?? "",
        msg: progress.msg ?? "",
        total: progress.total ?? 0,
        completed: progress.completed ?? 0,
        ...(progress.failures && { failures: progress.failures.slice(0, 20) }),
      },
    }),
  };
}

function mergeRows(rows: readonly Row[]): readonly JsonObject[] {
  const merged = new Map<string, { row: Row; nodes: number; counts: Map<string, number> }>();
  for (const row of rows) {
    const key = `${row.plugin} ${row.status} ${row["result-status"]}`;
    const group = merged.get(key) ?? { row, nodes: 0, counts: new Map() };
    merged.set(key, group);
    group.nodes += 1;
    for (const [status, count] of Object.entries(row["result-counts"] ?? {})) group.counts.set(status, (group.counts.get(status) ?? 0) + count);
  }
  return [...merged.values()].map(({ row, nodes, counts }) => ({
    plugin: row.plugin,
    node: nodes === 1 ? row.node : `${nodes} nodes`,
    status: row.status,
    "result-status": row["result-status"],
    "result-counts": Object.fromEntries(counts),
  }));
}
