import { wayNames } from "../../core/contract/way-names.ts";
import type { ResultStatus, RunStatus } from "../../core/contract/run-status.ts";
import { describeCounts, describeProgress } from "../follow/run-view.ts";
import { nameSome } from "../name-some.ts";
import { fitText } from "../terminal/safe-text.ts";
import { renderTable } from "../terminal/table.ts";
import { groupProblems, groupRows } from "./group-rows.ts";
import { describeRun, renderNotes, renderProblem, type StatusLook } from "./render-status.ts";
import { selectRows, type RowFilter } from "./select-rows.ts";

export type FullLook = StatusLook & RowFilter & { /** A row for each, however many there are. */ readonly isUngrouped?: boolean | undefined };

/** More rows than these nobody reads. */
const mostRows = 60;

/** A run's status as text with a row for each expected result, or, where these are many, one for each of their groups; safe for a terminal of that width. */
export function renderFullStatus(status: RunStatus, now: Date, look: FullLook): readonly string[] {
  const { columns, isUngrouped } = look;
  const { results } = selectRows(status, look);
  const isGrouped = results.length > mostRows && isUngrouped !== true;
  const groups = isGrouped ? groupRows(results) : [];
  const table = isGrouped ? renderGroups(groups, columns) : renderRows(results, columns);
  const problems = isGrouped ? renderGroupedProblems(results) : results.flatMap(renderOwnProblem);
  const hidden = isGrouped
    ? [`${results.length} expected results in ${groups.length} groups; -p, --node and --state show fewer, --ungrouped and --json each of them.`]
    : results.length < status.results.length
      ? [`${results.length} of ${status.results.length} expected results.`]
      : [];
  return [
    ...table,
    ...hidden,
    "",
    fitText(describeRun(status, now)),
    ...status.problems.filter(({ plugin }) => plugin === "").flatMap(renderProblem),
    ...problems,
    ...renderNotes(status),
  ];
}

function renderRows(results: readonly ResultStatus[], columns: number): readonly string[] {
  const rows = results.map((result) => [
    result.plugin,
    result.node,
    describeState(result),
    result.resultStatus ?? "",
    describeCounts(result.resultCounts),
    [describeProgress({ progress: result.progress, states: { [result.state]: 1 } }), describeWay(result)].filter(Boolean).join(", "),
  ]);
  return renderTable([["PLUGIN", "NODE", "STATUS", "RESULT", "COUNTS", "PROGRESS"], ...rows], { columns });
}

function renderGroups(groups: ReturnType<typeof groupRows>, columns: number): readonly string[] {
  const rows = groups.map(({ first, results }) => [
    first.plugin,
    String(results.length),
    describeState(first),
    first.resultStatus ?? "",
    [nameSome(results.map(({ node }) => node)), describeWay(first)].filter(Boolean).join("; "),
  ]);
  return renderTable([["PLUGIN", "NODES", "STATUS", "RESULT", "WHICH"], ...rows], { columns, right: [1] });
}

const describeState = ({ state, code }: ResultStatus): string => (code === undefined ? state : `${state} (${code})`);

const describeWay = ({ way }: ResultStatus): string => (way === undefined || way === "service" ? "" : `came ${wayNames[way]}`);

const renderOwnProblem = ({ plugin, node, code, message, hint }: ResultStatus): readonly string[] =>
  code === undefined || message === undefined ? [] : renderProblem({ plugin, node, code, message, ...(hint !== undefined && { hint }) });

/** Each reason once, in the words of its first result. */
const renderGroupedProblems = (results: readonly ResultStatus[]): readonly string[] =>
  groupProblems(results).flatMap(({ first, results: { length } }) => {
    const [line = "", ...rest] = renderOwnProblem(first);
    return [`${line}${length > 1 ? ` (and ${length - 1} more of the kind)` : ""}`, ...rest];
  });
