import { failedTests } from "./describe.ts";
import type { PluginReport, ReportCase } from "./run-report.ts";

/** What didn't fail, by status and place: words of the plugin's own first, then passed, then skipped. */
export type ListedGroup = {
  readonly status: string;
  /** Of all leaves with this status, also those that aren't listed. */
  readonly total: number;
  readonly places: readonly { readonly path: readonly string[]; readonly cases: readonly ReportCase[] }[];
  /** Skipped with nothing to say but that they were; they are counted only. */
  readonly plain: number;
  /** Beyond the bound. */
  readonly beyond: number;
};

/** Most leaves that a plugin's list shows, failed tests among them; those are always all there. */
const listedLeaves = 2000;

/** A plugin's leaves that are neither failed tests nor run errors, as far as the bound lets them be listed. */
export function planListing(plugin: PluginReport): readonly ListedGroup[] {
  let room = Math.max(0, listedLeaves - failedTests(plugin).length);
  return statusesOf(plugin).map((status) => {
    const found = plugin.suites.map(({ path, cases }) => ({ path, cases: cases.filter((one) => one.status === status) }));
    const total = found.reduce((sum, { cases }) => sum + cases.length, 0);
    const telling = found.map(({ path, cases }) => ({ path, cases: cases.filter((one) => !isPlainSkip(one)) }));
    const worthy = telling.reduce((sum, { cases }) => sum + cases.length, 0);
    const places = telling.map(({ path, cases }) => {
      const listed = cases.slice(0, room);
      room -= listed.length;
      return { path, cases: listed };
    });
    const shown = places.filter(({ cases }) => cases.length > 0);
    const listed = shown.reduce((sum, { cases }) => sum + cases.length, 0);
    return { status, total, places: shown, plain: total - worthy, beyond: worthy - listed };
  });
}

function statusesOf({ suites }: PluginReport): readonly string[] {
  const found = [...new Set(suites.flatMap(({ cases }) => cases.map(({ status }) => status)))];
  const own = found.filter((status) => !["failed", "timeout", "passed", "skipped"].includes(status)).toSorted();
  return [...own, ...["passed", "skipped"].filter((status) => found.includes(status))];
}

/** Ginkgo and others write the word "skipped" as the reason of what a filter left out. */
const isPlainSkip = ({ status, reason }: ReportCase): boolean => status === "skipped" && (reason === undefined || /^\s*skipped\s*$/i.test(reason));
