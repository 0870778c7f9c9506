import { renderDuration } from "../../describe.ts";
import type { PluginReport, RunReport } from "../../run-report.ts";
import { renderLine, renderName } from "../../visible-text.ts";

/** What is to be said of all tests at once: those that took longest, and those that both failed and passed. */
export function viewTests({ plugins }: RunReport): { readonly slowest: readonly object[]; readonly flaky: readonly object[] } {
  const timed = plugins.flatMap((plugin) =>
    plugin.suites.flatMap(({ cases }) => cases.map((one) => ({ plugin: plugin.name, name: one.name, seconds: one.seconds ?? 0 }))),
  );
  const longest = timed
    .filter(({ seconds }) => seconds > 0)
    .toSorted((a, b) => b.seconds - a.seconds)
    .slice(0, shown);
  const most = longest[0]?.seconds ?? 1;
  return {
    slowest: longest.map(({ plugin, name, seconds }) => ({
      plugin: renderLine(plugin),
      name: renderName(name),
      time: renderDuration(seconds),
      share: Math.max(1, Math.round((seconds / most) * 100)),
    })),
    flaky: plugins.flatMap((plugin) => [...flakyNames(plugin)].slice(0, shown).map((name) => ({ plugin: renderLine(plugin.name), name: renderName(name) }))),
  };
}

/** Names of tests that the same plugin tried more than once at the same place, with both ends. */
export function flakyNames({ suites }: PluginReport): ReadonlySet<string> {
  return new Set(
    suites.flatMap(({ cases }) => {
      const passed = new Set(cases.filter(({ status }) => status === "passed").map(({ name }) => name));
      return cases.filter(({ status, name }) => (status === "failed" || status === "timeout") && passed.has(name)).map(({ name }) => name);
    }),
  );
}

const shown = 15;
