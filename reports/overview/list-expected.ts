import { globalNode } from "../../core/contract/names.ts";
import type { PluginReport } from "../run-report.ts";
import type { Run } from "../run.ts";

/** A result that a run was to give: `state` is a status of the result tree where it came, else the state it is in; `code` says why it did not. */
export type ExpectedResult = {
  readonly plugin: string;
  readonly node: string;
  readonly came: boolean;
  readonly state: string;
  readonly code?: string;
  readonly start?: string;
  readonly end?: string;
};

/** What a run was to give: what its status lists, and for plugins that it does not list (Sonobuoy's tarballs) what their trees and errors show. */
export function listExpected(run: Run, plugins: readonly PluginReport[]): readonly ExpectedResult[] {
  const listed = new Set((run.status?.results ?? []).map(({ plugin }) => plugin));
  return [...fromStatus(run), ...plugins.filter(({ name }) => !listed.has(name)).flatMap((plugin) => fromTree(run, plugin))];
}

function fromStatus({ status, plugins }: Run): readonly ExpectedResult[] {
  const statuses = new Map(
    plugins.flatMap(
      ({ name, tree }) =>
        [[keyOf(name, globalNode), tree.status], ...nodesOf(tree.items).map((item) => [keyOf(name, item.name), item.status] as const)] as const,
    ),
  );
  return (status?.results ?? []).map(({ plugin, node, state, since, startedAt, code }) => ({
    plugin,
    node,
    came: state === "done",
    state: state === "done" ? statuses.get(keyOf(plugin, node)) || "unknown" : state,
    ...(code === undefined ? {} : { code }),
    ...(startedAt === undefined ? {} : { start: startedAt }),
    end: since,
  }));
}

function fromTree({ plugins }: Run, { name, problems, notEvaluated }: PluginReport): readonly ExpectedResult[] {
  const missing = new Map([...problems, ...notEvaluated].map((problem) => [problem.node, problem]));
  const tree = plugins.find((plugin) => plugin.name === name)?.tree;
  const nodes = nodesOf(tree?.items);
  const came = nodes.length > 0 ? nodes.map((item) => ({ node: item.name, state: item.status })) : [{ node: globalNode, state: tree?.status ?? "unknown" }];
  const places = [...came, ...[...missing.keys()].filter((node) => !came.some((one) => one.node === node)).map((node) => ({ node, state: "unknown" }))];
  return places.map(({ node, state }) => {
    const problem = missing.get(node);
    if (problem === undefined) return { plugin: name, node, came: true, state: state || "unknown" };
    return { plugin: name, node, came: false, state: problem.state, ...(problem.code === undefined ? {} : { code: problem.code }) };
  });
}

const nodesOf = (items: Run["plugins"][number]["tree"]["items"] = []): typeof items => items.filter((item) => item.meta?.["type"] === "node");
const keyOf = (plugin: string, node: string): string => JSON.stringify([plugin, node]);
