import type { FindingCounts } from "../../core/contract/report/finding-counts.ts";
import type { Finding } from "../../core/contract/report/finding.ts";
import type { PluginReport, RunFacts } from "../run-report.ts";
import { fingerprintOf, type FindingDraft } from "./fingerprint.ts";
import { listNoteFindings } from "./note-findings.ts";
import { orderFindings } from "./order-findings.ts";
import { listProblemFindings } from "./problem-findings.ts";
import { listTestFindings } from "./test-findings.ts";

/** Findings of a run, the first to look at first, at most 50,000; the counts are of all. */
export function listFindings(
  run: RunFacts,
  plugins: readonly PluginReport[],
): { readonly findings: readonly Finding[]; readonly findingCounts: FindingCounts } {
  const all = [...plugins.flatMap(listProblemFindings), ...plugins.flatMap(listTestFindings), ...listNoteFindings(run)];
  const findings = orderFindings(all).slice(0, most);
  const weighed = all.filter(({ status }) => status === "fail" || status === "warn");
  return {
    findings: withFingerprints(findings),
    findingCounts: {
      total: all.length,
      beyond: all.length - findings.length,
      byStatus: countBy(all.map(({ status }) => status)),
      bySeverity: countBy(weighed.map(({ severity }) => severity)),
    },
  };
}

const most = 50_000;

/** A test that is run twice in the same place, or listed twice, still has an anchor of its own. */
function withFingerprints(drafts: readonly FindingDraft[]): readonly Finding[] {
  const seen = new Map<string, number>();
  return drafts.map((draft) => {
    const key = fingerprintOf(draft, 0);
    const times = seen.get(key) ?? 0;
    seen.set(key, times + 1);
    const { id, status, severity, category, title, ...rest } = draft;
    return { id, fingerprint: times === 0 ? key : fingerprintOf(draft, times), status, severity, category, title, ...rest };
  });
}

function countBy<Key extends string>(keys: readonly Key[]): { readonly [K in Key]?: number } {
  const counts: { [K in Key]?: number } = {};
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
}
