import type { RunReport } from "../../run-report.ts";
import { groupDigits } from "./group-digits.ts";
import type { Tone } from "./state-words.ts";
import { viewFinding } from "./view-finding.ts";

/** What to do first: the first findings in the order of the report that ask for something, with their whole cards, and how many there are beyond. */
export function viewFirst({ findings, outcome }: RunReport): { readonly first: readonly object[]; readonly more: string; readonly nothing: object } {
  const asking = findings.filter(({ status, waiver }) => (status === "fail" || status === "warn") && waiver?.state !== "active");
  return { first: asking.slice(0, shown).map(viewFinding), more: asking.length <= shown ? "" : groupDigits(asking.length - shown), nothing: nothings[outcome] };
}

/** What is said where nothing asks for anything; good only where all is there. */
const nothings: { readonly [O in RunReport["outcome"]]: { readonly tone: Tone; readonly sentence: string } } = {
  passed: { tone: "good", sentence: "Nothing failed and nothing warns." },
  failed: { tone: "open", sentence: "No single finding says what failed; the tests may." },
  incomplete: { tone: "open", sentence: "There is nothing to judge by: the run is not complete." },
};

/** As many as fit into a glance. */
const shown = 7;
