import { KnownError } from "../../contract/known-error.ts";
import type { PackReport } from "../../contract/pack-report.ts";
import { packReportSchema } from "../../contract/pack-report.ts";
import type { FileTally } from "../redaction-report.ts";
import { addTally, createTally } from "../tally.ts";

/** What was hidden in a pack's files as JSON of `most` bytes at most: of more files than fit, the last ones are counted together as `rest`. */
export function renderPackReport(tallies: readonly FileTally[], { rest, most }: { readonly rest: string; readonly most: number }): Buffer {
  for (let shown = tallies.length; ; shown = Math.floor(shown / 2)) {
    const report = Buffer.from(JSON.stringify(listFiles(tallies.slice(0, shown), tallies.slice(shown), rest)));
    if (report.length <= most || shown === 0) return report;
  }
}

/** The same as tallies; KnownError "transfer-failed" for what is no such report. */
export function parsePackReport(bytes: Buffer): readonly FileTally[] {
  const report = packReportSchema.safeParse(parseJson(bytes));
  if (!report.success) throw new KnownError("transfer-failed", "it holds no report where one should be", { hint: "It is sent again." });
  return report.data.map(({ name, counts, dropped, isKept }) => ({ name, isKept, tally: { counts: new Map(Object.entries(counts)), dropped } }));
}

function listFiles(shown: readonly FileTally[], others: readonly FileTally[], rest: string): PackReport {
  const together = createTally();
  for (const { tally } of others) addTally(together, tally);
  const reasons = [...new Set(together.dropped)].slice(0, mostReasons);
  const all = [...shown, ...(others.length === 0 ? [] : [{ name: rest, tally: { ...together, dropped: reasons }, isKept: false }])];
  return all.map(({ name, tally, isKept }) => ({ name, counts: Object.fromEntries(tally.counts), dropped: tally.dropped, isKept }));
}

const mostReasons = 20;

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
}
