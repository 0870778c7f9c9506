import { changeKinds, diffSchemaVersion, type Change, type ChangeKind, type RunDiff } from "../../core/contract/report/run-diff.ts";
import { fingerprintOf } from "../findings/fingerprint.ts";
import type { RunReport } from "../run-report.ts";
import { collectGaps } from "./collect-gaps.ts";
import { listDiffNotes } from "./list-diff-notes.ts";
import { readPresence, toolOf, type Absence, type Presence } from "./presence.ts";
import { gradeOf, listStandings, type Standing } from "./standings.ts";

/** How a run differs from an earlier one: tests by their names, results by plugin and node, findings by their fingerprints. Changes are at most 20,000. */
export function diffRuns(before: RunReport, after: RunReport): RunDiff {
  const standings = { before: listStandings(before), after: listStandings(after) };
  const presence = { before: readPresence(before, after), after: readPresence(after, before) };
  const gaps = collectGaps();
  const changes: Change[] = [];
  let passing = 0;
  for (const key of orderKeys(after, standings)) {
    const pair: Pair = { before: standings.before.get(key), after: standings.after.get(key) };
    const found = compare(pair, presence);
    if (found === "passing") passing++;
    else if ("lacking" in found) gaps.add(found);
    else if (found.kind !== "nothing") changes.push(buildChange(pair, { kind: found.kind, reason: found.reason }));
  }
  const ordered = changeKinds.flatMap((kind) => changes.filter((change) => change.kind === kind));
  const count = (kind: ChangeKind): number => changes.filter((change) => change.kind === kind).length;
  const counts = {
    new: count("new"),
    worse: count("worse"),
    fixed: count("fixed"),
    better: count("better"),
    unchanged: count("unchanged"),
    incomparable: count("incomparable") + gaps.total(),
    passing,
  };
  return {
    schemaVersion: diffSchemaVersion,
    before: sideOf(before),
    after: sideOf(after),
    verdict: judge(counts),
    counts,
    changes: ordered.slice(0, most),
    beyond: Math.max(0, ordered.length - most),
    gaps: gaps.list(),
    notes: listDiffNotes(before, after),
  };
}

const most = 20_000;

type Pair = { readonly before: Standing | undefined; readonly after: Standing | undefined };
type Side = "before" | "after";

/** What fails in the later run, in the order of its report, then the rest. */
function orderKeys({ findings }: RunReport, { before, after }: { readonly [S in Side]: ReadonlyMap<string, Standing> }): Iterable<string> {
  const places = new Map(findings.map((finding, index) => [finding.fingerprint, index]));
  const rank = ({ finding }: Standing): number => places.get(finding?.fingerprint ?? "") ?? Infinity;
  const ordered = [...after]
    .map(([key, standing]) => ({ key, rank: rank(standing) }))
    .toSorted((one, other) => (one.rank < other.rank ? -1 : one.rank > other.rank ? 1 : 0));
  return new Set([...ordered.map(({ key }) => key), ...before.keys()]);
}

type Compared =
  | "passing"
  | { readonly kind: ChangeKind | "nothing"; readonly reason?: Absence }
  | { readonly lacking: Side; readonly standing: Standing; readonly reason: Absence };

function compare(pair: Pair, presence: { readonly [S in Side]: Presence }): Compared {
  const { before, after } = pair;
  const some = after ?? before;
  if (some === undefined) return { kind: "nothing" };
  const grades = { before: gradeAt(before, some, presence.before), after: gradeAt(after, some, presence.after) };
  if (grades.before !== undefined && grades.after !== undefined) return weigh(grades.before, grades.after);
  if (grades.before === undefined && grades.after === undefined) return { kind: "nothing" };
  const lacking = grades.before === undefined ? "before" : "after";
  const reason = explain(pair[lacking], some, presence[lacking]);
  if (((grades.before ?? grades.after)?.status ?? 0) >= warned) return { kind: "incomparable", reason };
  return some.kind === "test" ? { lacking, standing: some, reason } : { kind: "nothing" };
}

type Grade = NonNullable<ReturnType<typeof gradeOf>>;
const [fine, warned]: readonly [number, number] = [0, 2];

/** Of results and checks those that are well are in no report; they are well where their plugin's result came. */
function gradeAt(standing: Standing | undefined, some: Standing, presence: Presence): Grade | undefined {
  if (standing !== undefined) return gradeOf(standing);
  if (some.kind === "test") return undefined;
  return some.plugin === "" || presence.came(some.plugin, some.node) ? { status: fine, severity: 0 } : undefined;
}

function weigh(before: Grade, after: Grade): Compared {
  const isBad = { before: before.status >= warned, after: after.status >= warned };
  if (!isBad.before && !isBad.after) return "passing";
  if (!isBad.before) return { kind: "new" };
  if (!isBad.after) return { kind: "fixed" };
  const difference = after.status - before.status || after.severity - before.severity;
  return { kind: difference > 0 ? "worse" : difference < 0 ? "better" : "unchanged" };
}

function explain(standing: Standing | undefined, some: Standing, presence: Presence): Absence {
  return standing === undefined
    ? presence.explain(some)
    : { code: "not-evaluated", message: `${standing.reason ?? "it was not evaluated"}.`.replace(/\.\.$/, ".") };
}

function buildChange(pair: Pair, { kind, reason }: { readonly kind: ChangeKind; readonly reason: Absence | undefined }): Change {
  const main = pair.after?.finding !== undefined ? pair.after : (pair.before ?? pair.after);
  const { id = "", plugin = "", node, title = "", finding } = main ?? {};
  const draft = { id, plugin, status: "fail", severity: "medium", category: "", title, message: "", evidence: [], scope: "cluster" } as const;
  return {
    kind,
    fingerprint: finding?.fingerprint ?? fingerprintOf(node === undefined ? draft : { ...draft, node }, 0),
    id,
    title: finding?.title ?? title,
    plugin,
    ...(node === undefined ? {} : { node }),
    severity: finding?.severity ?? "medium",
    ...(pair.before === undefined ? {} : { before: describeStanding(pair.before) }),
    ...(pair.after === undefined ? {} : { after: describeStanding(pair.after) }),
    ...(reason === undefined ? {} : { reason }),
    ...(pair.after?.finding?.remediation === undefined ? {} : { remediation: pair.after.finding.remediation }),
    ...(pair.after?.finding?.waiver === undefined ? {} : { waiver: pair.after.finding.waiver }),
    ...(finding?.file === undefined ? {} : { file: finding.file }),
  };
}

const describeStanding = ({ status, finding, reason = "" }: Standing): NonNullable<Change["before"]> => ({
  status,
  severity: finding?.severity ?? "info",
  message: finding?.message ?? reason,
});

const sideOf = (report: RunReport): RunDiff["before"] => ({
  tarball: report.tarball,
  outcome: report.outcome,
  tool: toolOf(report),
  ...(report.run.serverVersion === undefined ? {} : { serverVersion: report.run.serverVersion }),
  ...(report.run.startedAt === undefined ? {} : { startedAt: report.run.startedAt }),
  counts: report.counts,
});

function judge(counts: RunDiff["counts"]): RunDiff["verdict"] {
  if (counts.new + counts.worse > 0) return "worse";
  if (counts.fixed + counts.better > 0) return "better";
  return counts.unchanged + counts.passing > 0 ? "same" : "incomparable";
}
