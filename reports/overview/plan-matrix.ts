import { globalNode } from "../../core/contract/names.ts";
import type { Matrix } from "../../core/contract/report/matrix.ts";
import type { ExpectedResult } from "./list-expected.ts";

/** Nodes by the plugins that run on nodes, in the order of their names and of the plugins. */
export function planMatrix(expected: readonly ExpectedResult[]): Matrix {
  const onNodes = expected.filter(({ node }) => node !== globalNode);
  const plugins = [...new Set(onNodes.map(({ plugin }) => plugin))];
  const columns = new Map(plugins.map((plugin, index) => [plugin, index]));
  const byNode = new Map<string, string[]>();
  for (const { plugin, node, state } of onNodes) {
    const states = byNode.get(node) ?? plugins.map(() => "");
    states[columns.get(plugin) ?? 0] = state;
    byNode.set(node, states);
  }
  const rows = [...byNode].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([node, states]) => ({ nodes: [node], count: 1, states }));
  return rows.length <= singleRows ? { plugins, grouped: false, rows } : { plugins, grouped: true, rows: groupRows(rows) };
}

const singleRows = 5000;
const namedNodes = 20;

/** The rarest combinations first: they are what somebody looks for. A node is in the last row where there are more combinations than rows. */
function groupRows(rows: Matrix["rows"]): Matrix["rows"] {
  const groups = [...Map.groupBy(rows, ({ states }) => JSON.stringify(states)).values()].map((alike) => ({
    nodes: alike.flatMap(({ nodes }) => nodes).slice(0, namedNodes),
    count: alike.length,
    states: alike[0]?.states ?? [],
  }));
  const sorted = groups.toSorted((a, b) => a.count - b.count);
  const rest = sorted.slice(singleRows).reduce((sum, { count }) => sum + count, 0);
  const others = { nodes: [], count: rest, states: (sorted[0]?.states ?? []).map(() => "various") };
  return rest === 0 ? sorted : [...sorted.slice(0, singleRows), others];
}
