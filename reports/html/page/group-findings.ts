import { renderLine } from "../../visible-text.ts";
import { objectName } from "../view/object-words.ts";
import type { Indexed } from "./index-findings.ts";

/** What a list of findings can be grouped by; "none" keeps the order in which they are to be fixed. */
export const groupings = ["none", "check", "object", "node", "namespace", "cis"] as const;
export type Grouping = (typeof groupings)[number];

/** A row of the list: a finding, or the title above a group. */
export type ListRow =
  | { readonly kind: "finding"; readonly of: Indexed }
  | { readonly kind: "group"; readonly key: string; readonly title: string; readonly count: number; readonly folded: boolean };

/** The rows of a list: groups in the order of their first finding, each with those that are in it unless it is folded. */
export function groupFindings(found: readonly Indexed[], { by, folded }: { readonly by: Grouping; readonly folded: ReadonlySet<string> }): readonly ListRow[] {
  if (by === "none") return found.map((of) => ({ kind: "finding", of }));
  return [...Map.groupBy(found, (one) => keyOf(one, by))].flatMap(([key, members]): ListRow[] => {
    const [first] = members;
    const title = by === "check" && first !== undefined && !key.endsWith(first.finding.title) ? `${key} · ${first.finding.title}` : key;
    const head: ListRow = { kind: "group", key, title: renderLine(title), count: members.length, folded: folded.has(key) };
    return head.folded ? [head] : [head, ...members.map((of): ListRow => ({ kind: "finding", of }))];
  });
}

function keyOf({ finding, values }: Indexed, by: Exclude<Grouping, "none">): string {
  if (by === "check") return finding.id;
  if (by === "object") return objectName(finding) || "No object";
  if (by === "cis") return values["cis"]?.[0] ?? "No CIS section";
  return values[by]?.[0] ?? (by === "node" ? "Whole cluster" : "No namespace");
}
