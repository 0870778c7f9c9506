import type { ResultStatus } from "../../core/contract/run-status.ts";

/** Expected results that have something in common, which `first` shows. */
export type RowGroup = { readonly first: ResultStatus; readonly results: readonly ResultStatus[] };

/** Expected results put together by plugin, state, reason, result, and the way by which they came; in the order of the first of each. */
export const groupRows = (results: readonly ResultStatus[]): readonly RowGroup[] =>
  groupBy(results, ({ plugin, state, code, resultStatus, way }) => [plugin, state, code, resultStatus, way]);

/** Problems put together by plugin and reason; how each is worded differs from node to node. */
export const groupProblems = (results: readonly ResultStatus[]): readonly RowGroup[] =>
  groupBy(
    results.filter(({ code, message }) => code !== undefined && message !== undefined),
    ({ plugin, code }) => [plugin, code],
  );

function groupBy(results: readonly ResultStatus[], keysOf: (result: ResultStatus) => readonly unknown[]): readonly RowGroup[] {
  const groups = Map.groupBy(results, (result) => JSON.stringify(keysOf(result)));
  return [...groups.values()].flatMap((group) => (group[0] === undefined ? [] : [{ first: group[0], results: group }]));
}
