import assert from "node:assert/strict";
import { annotations } from "../../../core/contract/names.ts";
import { runSummarySchema } from "../../../core/contract/run-status.ts";
import { field, text } from "../../../core/kubernetes/field.ts";
import { everywhere, fine, slow } from "./healthy.ts";
import type { Act, Row } from "./row.ts";

const names = ["broken-1", "broken-2", "broken-3", "broken-4"];

/** Breaks one of the nodes on which the slow plugin runs: not the aggregator's, and not before all that is healthy has delivered. */
const breakNode =
  (order: number, act: (act: Act, node: string) => void) =>
  async (scene: Act): Promise<string> => {
    const { stage, namespace, signal } = scene;
    const aggregator = await stage.until(["v1", "Pod"], {
      namespace,
      labelSelector: "sonobuoy-component=aggregator",
      signal,
      is: ({ metadata }) => {
        const published = metadata.annotations?.[annotations.status];
        const { plugins = [] } = published === undefined ? {} : runSummarySchema.parse(JSON.parse(published));
        return (
          plugins.filter(({ name, expected, states }) => (name === fine.name || name === everywhere.name) && expected > 0 && states.done === expected)
            .length === 2
        );
      },
    });
    const spared = text(field(aggregator, "spec", "nodeName"));
    const node = names.filter((name) => name !== spared)[order] ?? assert.fail("there are too few nodes to break");
    await stage.untilPod(slow.name, { namespace, node, signal, is: ({ phase }) => phase === "Running" });
    act(scene, node);
    return node;
  };

/** Nodes that go while a plugin runs on them. */
export const nodes: readonly Row[] = [
  {
    code: "node-deleted",
    state: "lost",
    plugin: undefined,
    provoke: breakNode(0, ({ stage }, node) => void stage.faults.node.delete(node)),
    sentence: /^Node broken-\d was removed from the cluster/,
    evidence: /"nodeGone":true/,
  },
  {
    code: "node-drained",
    state: "failed",
    plugin: undefined,
    grace: 0,
    provoke: breakNode(1, ({ stage }, node) => void stage.faults.node.drain(node)),
    sentence: /^Node broken-\d is being drained, and the pod was evicted from it/,
    evidence: /"reason":"EvictionByEvictionAPI".*"nodeCordoned":true/,
    collected: { "part.txt": "part\n" },
  },
  {
    code: "node-not-ready",
    state: "lost",
    plugin: undefined,
    grace: 20,
    // Ten seconds until the control plane misses the node; that is forty on a real cluster.
    before: 10,
    provoke: breakNode(2, ({ stage }, node) => void stage.faults.node.lose(node)),
    sentence: /^Node broken-\d is not ready: Kubelet stopped posting node status/,
    evidence: /"nodeReady":false/,
  },
];
