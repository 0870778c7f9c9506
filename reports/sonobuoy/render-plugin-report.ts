import { isLeaf, type ResultItem } from "../../core/contract/result-item.ts";
import { countStatuses } from "../counts.ts";
import { renderLine, renderName } from "../visible-text.ts";

/** What `sonobuoy results` prints for a plugin or a part of one: status, counts, the plugins' own statuses by name, and the names of what failed. */
export function renderPluginReport(item: ResultItem): string {
  const leaves = isLeaf(item) && item.meta?.["type"] === "summary" ? [] : leavesOf(item);
  const { total, passed, failed, skipped, other } = countStatuses(leaves.map(({ status }) => status));
  const failures = leaves.filter(({ status }) => status === "failed" || status === "timeout");
  return [
    `Plugin: ${renderLine(item.name)}`,
    `Status: ${renderLine(item.status)}`,
    `Total: ${total}`,
    `Passed: ${passed}`,
    `Failed: ${failed}`,
    `Skipped: ${skipped}`,
    ...Object.entries(other).map(([status, number]) => `${renderLine(status)}: ${number}`),
    ...(failures.length === 0 ? [] : ["", "Failed tests:", ...failures.map(({ name }) => renderName(name))]),
    "",
  ].join("\n");
}

const leavesOf = (item: ResultItem): readonly ResultItem[] => (isLeaf(item) ? [item] : (item.items ?? []).flatMap(leavesOf));
