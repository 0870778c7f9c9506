import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import { globalNode } from "../../core/contract/names.ts";
import type { PluginDefinition } from "../../core/contract/plugin-definition.ts";
import type { ExpectedResult } from "../state/expected-results.ts";
import { judgeNode } from "./judge-node.ts";
import type { PluginRun } from "./run-plugins.ts";

/** Expects a result of each fitting node, those that join while the plugin runs included. */
export async function expectNodes(run: PluginRun, definition: PluginDefinition, start: (result: ExpectedResult) => Promise<void>): Promise<void> {
  const { results, nodes, record, spec } = run;
  const take = async (node: KubernetesObject): Promise<void> => {
    const known = results.find(definition.name, node.metadata.name);
    const verdict = judgeNode(node, definition, spec);
    // A node that has just joined bears taints until it is set up.
    const isFreed = known?.state === "skipped" && known.problem?.code === "taint" && verdict.verdict === "run";
    if ((known && !isFreed) || verdict.verdict === "ignore") return;
    const result = results.expect(definition.name, node.metadata.name);
    if (verdict.verdict === "skip") return run.end(result, "skipped", verdict.problem);
    if (isFreed) results.update(result, { state: "waiting", problem: undefined });
    await record.settled();
    await start(result);
  };
  const isReadable = await nodes.ready.then(
    () => true,
    () => false,
  );
  if (!isReadable) {
    const problem = {
      code: "nodes-unreadable",
      message: "The cluster's nodes can't be read, so it's not known where to run",
      hint: "Give account asdic-aggregator get, list and watch on nodes.",
    };
    if (!record.isInherited(definition.name)) run.end(results.expect(definition.name, globalNode), "failed", problem);
    await Promise.all(results.ofPlugin(definition.name).map(start));
    return;
  }
  // Before those that are there are taken, because making their pods takes a while, in which others may join.
  const stop = nodes.onChange((name) => {
    const node = nodes.find(name);
    if (node) void take(node);
  });
  try {
    const kept = results.ofPlugin(definition.name).map(start);
    await Promise.all([...kept, ...[...nodes.all()].map(take)]);
    if (results.ofPlugin(definition.name).length === 0) {
      const problem = {
        code: "no-nodes",
        message: "No node matches the plugin's and the run's node selectors",
        hint: "Compare them with `kubectl get nodes --show-labels`.",
      };
      return run.end(results.expect(definition.name, globalNode), "skipped", problem);
    }
    await results.until(() => results.hasEnded(definition.name), run.signal);
  } finally {
    stop();
  }
}
