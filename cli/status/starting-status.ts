import type { MadeRun } from "../follow/read-run-spec.ts";
import type { RunSummary } from "../../core/contract/run-status.ts";
import type { Trouble } from "../follow/run-view.ts";

/** What can be said of a run whose aggregator has not said anything yet. */
export type StartingStatus = Omit<RunSummary, "phase"> & { readonly phase: "starting" };

/** A status in the shape of the aggregator's, from what the run was made to do. */
export function startingStatus({ runId, namespace, toolVersion, createdAt }: MadeRun, trouble: Trouble | undefined): StartingStatus {
  const problems = trouble === undefined ? [] : [{ plugin: "", node: "", ...trouble }];
  return {
    runId,
    namespace,
    toolVersion,
    phase: "starting",
    startedAt: createdAt,
    updatedAt: createdAt,
    plugins: [],
    problems,
    problemCount: problems.length,
  };
}
