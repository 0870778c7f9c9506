import type { Progress, ProgressUpdate } from "../../core/contract/run-status.ts";

/** No more names than a status can carry; the count stays right in the results themselves. */
const maxFailures = 100;

/** The progress after an update; name, node and time are the server's. */
export function mergeProgress(before: Progress | undefined, update: ProgressUpdate, origin: Required<Pick<Progress, "name" | "node" | "timestamp">>): Progress {
  const { appendtotals, appendcompleted, appendfailing, ...whole } = update;
  const isAddition = appendtotals === true || appendcompleted !== undefined || (appendfailing?.length ?? 0) > 0;
  if (!isAddition) return { ...whole, ...cutFailures(whole.failures), ...origin };
  return {
    ...before,
    ...(update.msg !== undefined && { msg: update.msg }),
    ...origin,
    ...sum("total", before?.total, appendtotals === true ? update.total : undefined),
    completed: (before?.completed ?? 0) + (appendcompleted ?? 0),
    ...cutFailures([...(before?.failures ?? []), ...(appendfailing ?? [])]),
  };
}

const sum = (key: "total", before: number | undefined, added: number | undefined): Pick<Progress, "total"> =>
  before === undefined && added === undefined ? {} : { [key]: (before ?? 0) + (added ?? 0) };
const cutFailures = (failures: readonly string[] | null | undefined): Pick<Progress, "failures"> =>
  failures ? { failures: failures.slice(0, maxFailures) } : {};
