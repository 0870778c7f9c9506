import { isJsonObject, type JsonObject } from "../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import type { PluginDefinition } from "../../../core/contract/plugin-definition.ts";
import type { RunSpec } from "../../../core/contract/run-spec.ts";
import { daemonSetTolerations } from "../../../core/kubernetes/daemon-set-tolerations.ts";
import { isLinuxNode, isNodeReady } from "../../../core/kubernetes/node-conditions.ts";
import { isNodeSelected } from "../../../core/kubernetes/node-selection.ts";
import type { Check, Problem } from "../check.ts";
import { judgeNodes } from "../judge-nodes.ts";
import { nameSome } from "../../name-some.ts";
import { aggregatorPodSpec, pluginPodSpec } from "../plugin-pods.ts";

/** Whether there are nodes for the aggregator and for each plugin, and which of them are not ready. */
export const nodes: Check = {
  code: "nodes",
  run: async ({ plan: { spec, definitions }, objects, ...input }) => {
    const all = await input.nodes();
    const { fit, obstacles } = judgeNodes(all, aggregatorPodSpec(objects.aggregator));
    const problems = [
      ...(fit.length > 0 ? [] : [{ severity: "error", sentence: `No node can take the aggregator: ${describe(obstacles)}.`, fix } as const]),
      ...checkPlugins(all, definitions, spec),
      ...checkReadiness(all, definitions, spec),
    ];
    return { seen: `${fit.length} of ${all.length} nodes can take the aggregator.`, problems };
  },
};

const fix = "`kubectl get nodes` shows them; --node-selector and --toleration choose others. If an autoscaler is to bring one: --skip-preflight=nodes.";
const describe = (obstacles: readonly string[]): string => (obstacles.length === 0 ? "there are none" : `of the nodes, ${obstacles.join(", ")}`);

/** Plugins that find no node cost only their own results; those with the same obstacles are one problem. */
function checkPlugins(all: readonly KubernetesObject[], definitions: readonly PluginDefinition[], spec: RunSpec): readonly Problem[] {
  const judged = definitions.map((definition) => ({ name: definition.name, ...judgeNodes(all, pluginScheduling(definition, spec)) }));
  const homeless = Map.groupBy(
    judged.filter(({ fit }) => fit.length === 0),
    ({ obstacles }) => describe(obstacles),
  );
  return [...homeless].map(([obstacles, plugins]) => ({
    severity: "warning",
    sentence: `No node can take ${plugins.map(({ name }) => name).join(", ")}: ${obstacles}.`,
    fix: "A plugin's podSpec (nodeSelector, affinity, tolerations) and --node-selector say where it may run.",
  }));
}

/** Where a plugin's pods may go, as the aggregator makes them. */
function pluginScheduling(definition: PluginDefinition, spec: RunSpec): JsonObject {
  const base = pluginPodSpec(definition, spec);
  const isEverywhere = definition.driver === "DaemonSet";
  const given = isEverywhere ? daemonSetTolerations({ isOnHostNetwork: base["hostNetwork"] === true }) : [];
  const selector = isJsonObject(base["nodeSelector"]) ? base["nodeSelector"] : {};
  const own = Array.isArray(base["tolerations"]) ? base["tolerations"].filter(isJsonObject) : [];
  return { ...base, nodeSelector: { ...selector, ...spec.nodeSelector }, tolerations: [...own, ...given] };
}

/** Plugins that run on every node are expected there too. */
function checkReadiness(all: readonly KubernetesObject[], definitions: readonly PluginDefinition[], { nodeSelector }: RunSpec): readonly Problem[] {
  const chosen = all.filter((node) => isLinuxNode(node) && isNodeSelected(node, { nodeSelector }));
  const down = chosen.filter((node) => !isNodeReady(node)).map(({ metadata }) => metadata.name);
  const [first] = down;
  if (first === undefined || !definitions.some(({ driver }) => driver === "DaemonSet")) return [];
  const sentence = `${down.length} of ${chosen.length} nodes ${down.length === 1 ? "is" : "are"} not ready (${nameSome(down)}), so results from there will be lost.`;
  return [{ severity: "warning", sentence, fix: `\`kubectl describe node ${first}\` says why; --node-selector leaves nodes out.` }];
}
