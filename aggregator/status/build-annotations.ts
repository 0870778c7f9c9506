import { annotations } from "../../core/contract/names.ts";
import type { RunStatus } from "../../core/contract/run-status.ts";
import { buildSonobuoyStatus } from "./build-sonobuoy-status.ts";
import { fitSummary } from "./fit-summary.ts";

/** A status as the two annotations that tell of it: together about 100 KiB at most, whatever the number of results and the length of their names. */
export function buildAnnotations(status: RunStatus): Readonly<Record<string, string>> {
  const { results: _, ...summary } = status;
  return { [annotations.status]: JSON.stringify(fitSummary(summary)), [annotations.sonobuoyStatus]: JSON.stringify(buildSonobuoyStatus(status)) };
}
