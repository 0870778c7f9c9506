import { isLeaf, type ResultItem } from "../../core/contract/result-item.ts";
import { countLeaves } from "../../core/results/roll-up.ts";
import { renderLine, renderName } from "../visible-text.ts";

/** What `sonobuoy results` prints for a plugin or a part of one: status, counts, the plugins' own statuses by name, and the names of what failed. */
export function renderPluginReport(item: ResultItem): string {
  const counts: ReadonlyMap<string, number> = new Map(hasNoResults(item) ? [] : Object.entries(countLeaves(item)));
  const number = (status: string): number => counts.get(status) ?? 0;
  const shown = new Set<string>(["passed", "failed", "timeout", "skipped"]);
  const others = [...counts.keys()].filter((status) => !shown.has(status)).toSorted();
  const failed = failedNames(item);
  return [
    `Plugin: ${renderLine(item.name)}`,
    `Status: ${renderLine(item.status)}`,
    `Total: ${[...counts.values()].reduce((sum, count) => sum + count, 0)}`,
    `Passed: ${number("passed")}`,
    `Failed: ${number("failed") + number("timeout")}`,
    `Skipped: ${number("skipped")}`,
    ...others.map((status) => `${status === "" ? "unknown" : renderLine(status)}: ${number(status)}`),
    ...(failed.length === 0 ? [] : ["", "Failed tests:", ...failed.map(renderName)]),
    "",
  ].join("\n");
}

/** A whole plugin without items is not a result of its own. */
const hasNoResults = (item: ResultItem): boolean => isLeaf(item) && item.meta?.["type"] === "summary";

function failedNames(item: ResultItem): readonly string[] {
  if (hasNoResults(item)) return [];
  if (isLeaf(item)) return item.status === "failed" || item.status === "timeout" ? [item.name] : [];
  return (item.items ?? []).flatMap(failedNames);
}
