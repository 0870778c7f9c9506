import type { JsonObject } from "../../core/contract/json.ts";
import type { RunStatus } from "../../core/contract/run-status.ts";
import { isEndState } from "../../core/contract/run-status.ts";
import type { Row } from "./fit-rows.ts";
import { fitRows } from "./fit-rows.ts";

/**
 * The status as Sonobuoy's own commands read it from the aggregator's annotation (reference §3.6). On clusters whose rows
 * would not fit, those of one plugin that say the same are counted in one row instead.
 */
export function buildSonobuoyStatus(status: RunStatus): JsonObject {
  return {
    plugins: fitRows(status.results.map(buildRow)),
    status: status.phase,
    "tar-info": status.tarball ? { ...status.tarball } : { name: "", created: "0001-01-01T00:00:00Z", sha256: "", size: 0 },
  };
}

function buildRow({ plugin, node, state, resultStatus, resultCounts, progress }: RunStatus["results"][number]): Row {
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
