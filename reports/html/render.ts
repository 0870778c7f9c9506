import { outcomeLabels } from "../describe.ts";
import type { RunReport } from "../run-report.ts";
import { renderLine } from "../visible-text.ts";
import { renderIsland } from "./island.ts";
import { compilePage, safe } from "./compile-page.ts";
import { contentPolicy } from "./content-policy.ts";
import { templates } from "./templates.ts";
import { groupDigits } from "./view/group-digits.ts";
import { viewChanges } from "./view/view-changes.ts";
import { viewConformance } from "./view/view-conformance.ts";
import { viewFirst } from "./view/view-first.ts";
import { viewMatrix } from "./view/view-matrix.ts";
import { viewNotEvaluated } from "./view/view-not-evaluated.ts";
import { describeCoverage, viewNumbers, viewSeverities } from "./view/view-numbers.ts";
import { viewPlugins } from "./view/view-plugins.ts";
import { describeRedaction, viewRun } from "./view/view-run.ts";
import { viewTests } from "./view/view-tests.ts";
import { viewTimeline } from "./view/view-timeline.ts";
import { viewVerdict } from "./view/view-verdict.ts";
import { viewWaivers } from "./view/view-waivers.ts";

/**
 * One HTML page that needs nothing else: no request, a policy that allows its own style and scripts by hash, all text escaped by the template or a text node.
 * What it says at first sight is there without its script; the report lies in it as data.
 */
export function renderHtml(report: RunReport): string {
  return compilePage("page.hbs")({
    policy: contentPolicy({ style: templates["style.css"], scripts: [templates["early.js"], templates["main.js"]] }),
    style: safe(templates["style.css"]),
    early: safe(templates["early.js"]),
    script: safe(templates["main.js"]),
    island: safe(renderIsland(report)),
    title: `${outcomeLabels[report.outcome]} · ${renderLine(report.tarball)} · asdic`,
    verdict: viewVerdict(report),
    numbers: viewNumbers(report).map((one) => ({ ...one, query: encodeURIComponent(one.query) })),
    severities: viewSeverities(report),
    ...viewFirst(report),
    coverageSentence: describeCoverage(report),
    conformance: viewConformance(report),
    plugins: viewPlugins(report),
    tests: viewTests(report),
    matrix: viewMatrix(report.matrix),
    timeline: viewTimeline(report.timeline),
    notEvaluated: viewNotEvaluated(report),
    waivers: viewWaivers(report),
    diff: report.diff === undefined ? undefined : viewChanges(report.diff),
    run: viewRun(report),
    findingCount: groupDigits(report.findingCounts.total),
    redaction: describeRedaction(report.redaction),
    exposed: report.redaction.state !== "on",
    notes: (report.run.notes ?? []).map(({ message, hint }) => ({ message: renderLine(message), hint: renderLine(hint) })),
  });
}
