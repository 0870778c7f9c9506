import { describeFact } from "../describe-fact.ts";
import { renderDuration } from "../describe.ts";
import { planListing, type ListedGroup } from "../plan-listing.ts";
import type { PluginReport, ReportCase } from "../run-report.ts";
import { renderLine, renderLines, renderName } from "../visible-text.ts";

/** What the template shows of a plugin's leaves that didn't fail: groups of one status, in them places, in those leaves. */
export const viewListing = (plugin: PluginReport): readonly object[] => planListing(plugin).map(viewGroup);

/** A leaf's facts as labels and lines. */
export const viewFacts = ({ facts = [], moreFacts }: ReportCase): object => ({ facts: facts.map(describeFact), moreFacts: moreFacts === true });

function viewGroup({ status, total, places, plain, beyond }: ListedGroup): object {
  const listed = places.reduce((sum, { cases }) => sum + cases.length, 0);
  return {
    title: titles.get(status) ?? renderLine(status),
    ...(tones.get(status) ?? { tone: "other", sign: "•" }),
    total,
    open: listed > 0 && listed <= openAtOnce,
    places: places.map(({ path, cases }) => ({ place: path.map(renderLine).join(" › "), cases: cases.map(viewCase) })),
    plain: plain === 0 ? "" : `${plain} ${listed + beyond === 0 ? "" : "more "}${plain === 1 ? "was" : "were"} skipped without a reason.`,
    beyond: beyond === 0 ? "" : `${beyond} more ${beyond === 1 ? "is" : "are"} in the tarball.`,
  };
}

/** Leaves of a group that are seen without a click. */
const openAtOnce = 12;

const titles: ReadonlyMap<string, string> = new Map([
  ["passed", "Passed"],
  ["skipped", "Skipped"],
  ["unknown", "Unknown"],
]);
const tones: ReadonlyMap<string, { readonly tone: string; readonly sign: string }> = new Map([
  ["passed", { tone: "good", sign: "✓" }],
  ["skipped", { tone: "other", sign: "–" }],
  ["unknown", { tone: "open", sign: "◌" }],
]);

function viewCase(one: ReportCase): object {
  const output = renderLines(one.output ?? "");
  const facts = (one.facts ?? []).map(describeFact);
  return {
    name: renderName(one.name),
    time: one.seconds === undefined || one.status === "skipped" ? "" : renderDuration(one.seconds),
    reason: one.reason === undefined ? "" : renderLine(one.reason),
    output,
    ...viewFacts(one),
    preview: cut(
      facts.length > 0
        ? facts
            .slice(0, previewed)
            .map(({ label, line }) => `${label} ${line}`)
            .join(" · ")
        : renderLine(output.trim().replaceAll(/\s*\n\s*/g, " · ")),
    ),
    hasMore: facts.length > 0 || output !== "",
  };
}

const previewed = 4;
const previewLength = 160;
const cut = (text: string): string => (text.length <= previewLength ? text : `${text.slice(0, previewLength).toWellFormed()}…`);
