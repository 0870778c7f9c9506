import type { FailedItem, PluginReport, ReportCase } from "../../run-report.ts";

/** A place in a plugin's results with the cases that lie in it; `found` counts those of all below it. */
export type Branch = {
  readonly title: string;
  readonly found: number;
  readonly failed: number;
  readonly branches: readonly Branch[];
  readonly cases: readonly ReportCase[];
};

/** Which cases a tree shows. */
export type CaseFilter = { readonly which: "failed" | "ran" | "all"; readonly text: string };

/** A plugin's cases that the filter leaves, as the tree in which they lie; places with one place alone in them become one. Those that failed have their texts. */
export function buildTree(plugin: PluginReport, filter: CaseFilter): Branch {
  const root: Growing = { title: plugin.name, branches: new Map(), cases: [] };
  const texts = Map.groupBy(plugin.failed, placeOf);
  for (const { path, cases } of plugin.suites) {
    const whole = cases.map((one) => (isFailed(one) ? (texts.get(placeOf({ path, name: one.name }))?.shift() ?? one) : one));
    const found = whole.filter((one) => isWanted(one, filter));
    if (found.length > 0) grow(root, path).cases.push(...found);
  }
  return finish(root);
}

/** Whether the case counts as failed. */
const isFailed = ({ status }: Pick<ReportCase, "status">): boolean => status === "failed" || status === "timeout";

type Growing = { readonly title: string; readonly branches: Map<string, Growing>; readonly cases: ReportCase[] };

const placeOf = ({ path, name }: Pick<FailedItem, "path" | "name">): string => JSON.stringify([path, name]);

function isWanted(one: ReportCase, { which, text }: CaseFilter): boolean {
  if (which === "failed" ? !isFailed(one) : which === "ran" && one.status === "skipped") return false;
  return text === "" || `${one.name}\n${one.className ?? ""}`.toLowerCase().includes(text.toLowerCase());
}

function grow(from: Growing, path: readonly string[]): Growing {
  let at = from;
  for (const title of path) {
    const next = at.branches.get(title) ?? { title, branches: new Map(), cases: [] };
    at.branches.set(title, next);
    at = next;
  }
  return at;
}

function finish({ title, branches: grown, cases }: Growing): Branch {
  const branches = [...grown.values()].map(finish);
  const [only] = branches;
  if (only !== undefined && branches.length === 1 && cases.length === 0) return { ...only, title: `${title} › ${only.title}` };
  return {
    title,
    found: cases.length + branches.reduce((sum, { found }) => sum + found, 0),
    failed: cases.filter(isFailed).length + branches.reduce((sum, { failed }) => sum + failed, 0),
    branches,
    cases,
  };
}
