import type { Tally } from "./tally.ts";

/** What `meta/redaction.json` says: how often each rule found something in each file, what was left out and why, what was only looked at; never a value. */
export type RedactionReport = {
  readonly files: { readonly [name: string]: { readonly [rule: string]: number } };
  readonly totals: { readonly [rule: string]: number };
  readonly dropped: readonly { readonly file: string; readonly why: string }[];
  /** Files in which something was found and left, because they must stay to the letter. */
  readonly kept: readonly string[];
  readonly privacy: "off" | "standard" | "high";
  /** Rules of the user's own that were in force. */
  readonly userRules: number;
};

/** What was found in one file. */
export type FileTally = { readonly name: string; readonly tally: Tally; readonly isKept: boolean };

/** The report of these files, those without a finding left out; rules in the order of their ids. */
export function buildRedactionReport(files: readonly FileTally[], { privacy, userRules }: Pick<RedactionReport, "privacy" | "userRules">): RedactionReport {
  const touched = files.filter(({ tally }) => tally.counts.size > 0);
  const totals = new Map<string, number>();
  for (const { tally } of touched) for (const [rule, times] of tally.counts) totals.set(rule, (totals.get(rule) ?? 0) + times);
  return {
    files: Object.fromEntries(touched.map(({ name, tally }) => [name, inOrder(tally.counts)])),
    totals: inOrder(totals),
    dropped: files.flatMap(({ name, tally }) => tally.dropped.map((why) => ({ file: name, why }))),
    kept: touched.filter(({ isKept }) => isKept).map(({ name }) => name),
    privacy,
    userRules,
  };
}

const inOrder = (counts: ReadonlyMap<string, number>): { readonly [rule: string]: number } =>
  Object.fromEntries([...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)));
