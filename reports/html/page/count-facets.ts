import type { Indexed } from "./index-findings.ts";
import { matchFindings } from "./match-findings.ts";
import { parseQuery, renderQuery } from "./parse-query.ts";

/** A key by which findings can be narrowed, with the values that would remain and how many each has. */
export type Facet = {
  readonly key: string;
  readonly title: string;
  readonly values: readonly { readonly value: string; readonly count: number; readonly chosen: boolean }[];
};

/** The facets of a search: each counts what the other keys leave, so that a second value of the same key can be added. */
export function countFacets(findings: readonly Indexed[], query: string): readonly Facet[] {
  const terms = parseQuery(query);
  const found = matchFindings(findings, query);
  return facetKeys.map(({ key, title, order }) => {
    const chosen = terms.filter((term) => term.key === key && !term.negated).map(({ value }) => value.toLowerCase());
    const left = chosen.length === 0 ? found : matchFindings(findings, renderQuery(terms.filter((term) => term.key !== key || term.negated)));
    const counts = new Map<string, number>();
    for (const { values } of left) for (const value of values[key] ?? []) counts.set(value, (counts.get(value) ?? 0) + 1);
    const rank = (value: string): number => (order?.indexOf(value) ?? 0) >>> 0;
    const values = [...counts]
      .map(([value, count]) => ({ value, count, chosen: chosen.includes(value.toLowerCase()) }))
      .toSorted((a, b) => rank(a.value) - rank(b.value) || b.count - a.count || (a.value < b.value ? -1 : 1));
    return { key, title, values };
  });
}

const facetKeys: readonly { readonly key: string; readonly title: string; readonly order?: readonly string[] }[] = [
  { key: "status", title: "Status", order: ["fail", "warn", "not-evaluated", "info", "pass", "not-applicable"] },
  { key: "severity", title: "Severity", order: ["critical", "high", "medium", "low", "info"] },
  { key: "category", title: "Category" },
  { key: "plugin", title: "Plugin" },
  { key: "namespace", title: "Namespace" },
  { key: "node", title: "Node" },
  { key: "kind", title: "Kind" },
  { key: "owner", title: "Owner" },
  { key: "is", title: "Waiver" },
];
