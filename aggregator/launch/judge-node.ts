import { defaultPodSpec } from "../../core/contract/default-pod-spec.ts";
import type { Json, JsonObject } from "../../core/contract/json.ts";
import { isJsonObject } from "../../core/contract/json.ts";
import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import type { PluginDefinition } from "../../core/contract/plugin-definition.ts";
import type { RunSpec } from "../../core/contract/run-spec.ts";
import { daemonSetTolerations } from "../../core/kubernetes/daemon-set-tolerations.ts";
import { isLinuxNode } from "../../core/kubernetes/node-conditions.ts";
import { isNodeSelected } from "../../core/kubernetes/node-selection.ts";
import { firstUntoleratedTaint } from "../../core/kubernetes/taints.ts";
import type { ResultProblem } from "../state/expected-results.ts";

/** Whether a DaemonSet plugin is to run on a node: run there, say why not (skip), or not be expected at all (ignore). */
export type NodeVerdict = { readonly verdict: "run" | "ignore" } | { readonly verdict: "skip"; readonly problem: ResultProblem };

/** Judges as the DaemonSet controller would: selectors and affinity choose, taints and the platform skip. */
export function judgeNode(node: KubernetesObject, definition: PluginDefinition, spec: RunSpec): NodeVerdict {
  const podSpec = definition.podSpec ?? defaultPodSpec(definition);
  if (!isNodeSelected(node, { nodeSelector: spec.nodeSelector })) return { verdict: "ignore" };
  // The platform comes before the plugin's own selector, so that a Windows node is accounted for and not forgotten.
  if (!isLinuxNode(node)) return skip("platform", `The node's system is not Linux`, "This plugin's image and asdic's worker run on Linux only.");
  if (!isNodeSelected(node, podSpec)) return { verdict: "ignore" };
  const taint = firstUntoleratedTaint(node, nodeTolerations(podSpec));
  if (taint)
    return skip(
      "taint",
      `The plugin doesn't tolerate the node's taint ${taint.key}${taint.value ? `=${taint.value}` : ""}:${taint.effect}`,
      "Add a toleration to the plugin's podSpec to run it there.",
    );
  return { verdict: "run" };
}

/** A pod's own tolerations and those that Kubernetes gives to every DaemonSet's pods. */
export function nodeTolerations(podSpec: JsonObject): readonly JsonObject[] {
  const own = listOf(podSpec["tolerations"]);
  return [...own, ...daemonSetTolerations({ isOnHostNetwork: podSpec["hostNetwork"] === true })];
}

const skip = (code: string, message: string, hint: string): NodeVerdict => ({ verdict: "skip", problem: { code, message, hint } });
const listOf = (value: Json | undefined): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isJsonObject) : []);
