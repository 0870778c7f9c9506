import type { RunReport } from "../../run-report.ts";
import { viewFinding } from "./view-finding.ts";

/** What to do first: the first findings in the order of the report that ask for something, with their whole cards, and how many there are beyond. */
export function viewFirst({ findings }: RunReport): { readonly first: readonly object[]; readonly more: number } {
  const asking = findings.filter(({ status, waiver }) => (status === "fail" || status === "warn") && waiver?.state !== "active");
  return { first: asking.slice(0, shown).map(viewFinding), more: Math.max(0, asking.length - shown) };
}

/** As many as fit into a glance. */
const shown = 7;
