import type { RedactionReport } from "../../core/redaction/redaction-report.ts";
import { fitText } from "../terminal/safe-text.ts";
import { renderTable } from "../terminal/table.ts";

const shownLeaks = 10;

type Written = { readonly files: number; readonly target: string | undefined };

/** The report for people: how often each rule found something, in how many files, what was left out, and where the rest was written to. */
export function renderReport({ files, totals, dropped, kept, verified }: RedactionReport, { files: count, target }: Written): string {
  const rules = Object.entries(totals).map(([rule, times]) => [
    rule,
    String(times),
    String(Object.values(files).filter((found) => found[rule] !== undefined).length),
  ]);
  const table = rules.length === 0 ? [] : renderTable([["RULE", "FOUND", "FILES"], ...rules], { columns: Infinity, right: [1, 2] });
  const sum = Object.values(totals).reduce((all, times) => all + times, 0);
  const verb = target === undefined ? "would be" : sum === 1 ? "was" : "were";
  return [
    ...table,
    ...dropped.map(({ file, why }) => `Left out: ${fitText(file)}, because ${why}.`),
    ...kept.map((file) => `Not changed, because it must stay to the letter: ${fitText(file)}.`),
    ...(verified?.leaks ?? [])
      .slice(0, shownLeaks)
      .map(({ file, rule }) => `A secret is still in ${fitText(file)} (${rule}). Look at it before you pass it on.`),
    `${sum} ${sum === 1 ? "place" : "places"} in ${Object.keys(files).length} of ${count} ${count === 1 ? "file" : "files"} ${verb} redacted.`,
    ...(target === undefined ? [] : [target]),
  ]
    .map((line) => `${line}\n`)
    .join("");
}
