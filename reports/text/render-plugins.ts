import { renderDuration } from "../describe.ts";
import type { PluginReport } from "../run-report.ts";
import { renderLine, renderName } from "../visible-text.ts";
import type { TextLook } from "./look.ts";
import { renderTable } from "./table.ts";

/** A line a plugin: status, counts, and the time that its tests took. */
export function renderPlugins(plugins: readonly PluginReport[], { columns, paint }: TextLook): readonly string[] {
  if (plugins.length === 0) return ["No plugins are in this tarball."];
  const head = ["PLUGIN", "STATUS", "TOTAL", "PASSED", "FAILED", "SKIPPED", "OTHER", "TEST TIME"];
  const rows = plugins.map(({ name, status, counts, testSeconds }) => [
    renderLine(name),
    renderLine(status),
    ...[counts.total, counts.passed, counts.failed, counts.skipped].map(String),
    Object.entries(counts.other)
      .map(([other, number]) => `${number} ${renderLine(other)}`)
      .join(", ") || "-",
    testSeconds === undefined ? "-" : renderDuration(testSeconds),
  ]);
  const table = renderTable([head, ...rows], { numeric: [2, 3, 4, 5], flexible: [0, 1, 6], width: columns, indent: 2 });
  return [paint("heading", `Plugins (${plugins.length})`), ...table.split("\n")];
}

/** Tests with a duration alone, of plugins that have few, as far as all of them fit a screen. */
const shownPasses = 12;
const allShownPasses = 24;

/** What passed in plugins that have few tests, with how long each took. */
export function renderPasses(plugins: readonly PluginReport[], { columns, paint }: TextLook): readonly (readonly string[])[] {
  let room = allShownPasses;
  return plugins.map((plugin) => {
    const passed = plugin.suites.flatMap(({ path, cases }) => cases.filter(({ status }) => status === "passed").map((one) => ({ path, one })));
    if (passed.length === 0 || passed.length > Math.min(room, shownPasses) || passed.some(({ one }) => one.seconds === undefined)) return [];
    room -= passed.length;
    const rows = passed.map(({ path, one }) => [`✓ ${renderName(one.name)}`, renderDuration(one.seconds ?? 0), path.map(renderLine).join(" › ")]);
    const table = renderTable(rows, { numeric: [1], flexible: [0, 2], width: columns, indent: 2 });
    return [paint("heading", `Passed in ${renderLine(plugin.name)} (${passed.length})`), ...table.split("\n")];
  });
}
