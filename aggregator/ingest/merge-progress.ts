import type { Progress, ProgressUpdate } from "../../core/contract/run-status.ts";

/** No more than a status can carry, which is an annotation of 256 KiB with all plugins; the count stays right in the results themselves. */
const maxFailures = 100;
const maxListBytes = 16 * 1024;
const longestText = 500;

/** The progress after an update; name, node and time are the server's. Texts, lists and numbers are cut to what a status can carry. */
export function mergeProgress(before: Progress | undefined, update: ProgressUpdate, origin: Required<Pick<Progress, "name" | "node" | "timestamp">>): Progress {
  const { appendtotals, appendcompleted, appendfailing, msg, total, completed, errors, failures } = update;
  const isAddition = appendtotals === true || appendcompleted !== undefined || (appendfailing?.length ?? 0) > 0;
  const said = msg !== undefined && { msg: msg.slice(0, longestText) };
  if (!isAddition)
    return {
      ...said,
      ...(total !== undefined && { total: bound(total) }),
      ...(completed !== undefined && { completed: bound(completed) }),
      ...(errors && { errors: cutList(errors) }),
      ...(failures && { failures: cutList(failures) }),
      ...origin,
    };
  return {
    ...before,
    ...said,
    ...origin,
    ...sum("total", before?.total, appendtotals === true ? total : undefined),
    completed: bound((before?.completed ?? 0) + (appendcompleted ?? 0)),
    failures: cutList([...(before?.failures ?? []), ...(appendfailing ?? [])]),
  };
}

const sum = (key: "total", before: number | undefined, added: number | undefined): Pick<Progress, "total"> =>
  before === undefined && added === undefined ? {} : { [key]: bound((before ?? 0) + (added ?? 0)) };

/** What is not finite is null in JSON, and a status with that is none. */
const bound = (count: number): number => Math.max(-Number.MAX_SAFE_INTEGER, Math.min(count, Number.MAX_SAFE_INTEGER));

function cutList(texts: readonly string[]): string[] {
  const kept: string[] = [];
  let room = maxListBytes;
  for (const text of texts.slice(0, maxFailures)) {
    const cut = text.slice(0, longestText);
    room -= Buffer.byteLength(JSON.stringify(cut));
    if (room < 0) break;
    kept.push(cut);
  }
  return kept;
}
