import type { Finding, FindingStatus, Severity } from "../../core/contract/report/finding.ts";
import { globalNode } from "../../core/contract/names.ts";
import { fingerprintOf } from "../findings/fingerprint.ts";
import { testId } from "../findings/test-findings.ts";
import type { PluginReport, ReportCase, RunReport } from "../run-report.ts";

/** How one test, one expected result, or one thing that was checked stands in a run. */
export type Standing = {
  /** What stands here: tests that pass are in every report, results that came and checks that pass are not. */
  readonly kind: "test" | "result" | "other";
  readonly plugin: string;
  readonly node?: string;
  readonly status: FindingStatus;
  readonly title: string;
  /** Why a test was not evaluated. */
  readonly reason?: string;
  readonly id: string;
  readonly finding?: Finding;
};

/** All that a report says of a run, by what is the same in another run; of two that are the same the graver. */
export function listStandings(report: RunReport): ReadonlyMap<string, Standing> {
  const standings = new Map<string, Standing>();
  const add = (key: string, standing: Standing): void => {
    const present = standings.get(key);
    if (present === undefined || weigh(standing) > weigh(present)) standings.set(key, standing);
  };
  const findings = new Map(report.findings.map((finding) => [keyOf(finding), finding]));
  for (const plugin of report.plugins)
    for (const { path, node, cases } of plugin.suites)
      for (const one of cases) {
        if (one.kind !== "test") continue;
        const id = testId(plugin.name, one.name, { path, node, file: undefined });
        const key = keyOf({ id, plugin: plugin.name, node });
        add(key, standingOf(plugin, one, { id, node, finding: findings.get(key) }));
      }
  for (const finding of report.findings) if (!finding.id.startsWith("test:")) add(keyOf(finding), ofFinding(finding));
  return standings;
}

type Keyed = Pick<Finding, "id" | "plugin"> & {
  readonly node?: string | undefined;
  readonly category?: string | undefined;
  readonly object?: Finding["object"];
};

/** A result that did not come is the same thing whatever kept it from coming. */
function keyOf({ id, plugin, node, category, object }: Keyed): string {
  if (isResult({ category, plugin })) return JSON.stringify(["result", plugin, node ?? globalNode]);
  if (id.startsWith("test:")) return JSON.stringify(["test", id, plugin, node ?? globalNode]);
  const known = { id, plugin, status: "fail", severity: "low", category: "", title: "", message: "", evidence: [], scope: "cluster" } as const;
  return fingerprintOf({ ...known, ...(node === undefined ? {} : { node }), ...(object === undefined ? {} : { object }) }, 0);
}

const isResult = ({ category, plugin }: Pick<Keyed, "category" | "plugin">): boolean => category === "run" && plugin !== "";

/** What was evaluated outweighs what was not: a test that is skipped in one file and run in another was run. */
const weigh = ({ status, finding }: Standing): number =>
  ["not-evaluated", "not-applicable", "pass", "info", "warn", "fail"].indexOf(status) + (finding === undefined ? 0 : 0.5);

type Known = { readonly id: string; readonly node: string | undefined; readonly finding: Finding | undefined };

function standingOf({ name }: PluginReport, one: ReportCase, { id, node, finding }: Known): Standing {
  const status = statuses.get(one.status) ?? finding?.status ?? "info";
  const reason = one.status === "skipped" ? "it was skipped" : "its result is unknown";
  return {
    kind: "test",
    plugin: name,
    ...(node === undefined ? {} : { node }),
    status,
    title: one.name.replace(/^\[It\] /, ""),
    ...(status === "not-evaluated" ? { reason } : {}),
    id,
    ...(finding === undefined ? {} : { finding }),
  };
}

const statuses: ReadonlyMap<string, FindingStatus> = new Map([
  ["passed", "pass"],
  ["failed", "fail"],
  ["timeout", "fail"],
  ["skipped", "not-evaluated"],
  ["unknown", "not-evaluated"],
]);

const ofFinding = (finding: Finding): Standing => ({
  kind: isResult(finding) ? "result" : "other",
  plugin: finding.plugin,
  ...(finding.node === undefined ? {} : { node: finding.node }),
  status: finding.status,
  title: finding.title,
  ...(finding.status === "not-evaluated" ? { reason: finding.message } : {}),
  id: finding.id,
  finding,
});

/** How grave a standing is: nothing, said, warned, failed; undefined where it can't be compared. */
export const gradeOf = ({ status, finding }: Standing): { readonly status: number; readonly severity: number } | undefined =>
  status === "not-evaluated" ? undefined : { status: grades[status], severity: severityGrades[finding?.severity ?? "info"] };

const grades = { pass: 0, "not-applicable": 0, info: 1, warn: 2, fail: 3 } as const;
const severityGrades: { readonly [S in Severity]: number } = { info: 0, low: 1, medium: 2, high: 3, critical: 4 };
