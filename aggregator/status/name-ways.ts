import { globalNode } from "../../core/contract/names.ts";
import type { Problem } from "../../core/contract/run-status.ts";
import type { ExpectedResult } from "../state/expected-results.ts";

const shownNodes = 5;

/** What it means that results came through the API server: the pod network does not carry what it should. Undefined where none did. */
export function nameWays(results: Iterable<ExpectedResult>, aggregatorNode: string | undefined): Problem | undefined {
  const froms = new Set<string>();
  let count = 0;
  for (const { plugin, node, upload } of results) {
    if (upload?.way !== "exec") continue;
    count++;
    froms.add(node === globalNode ? `the pod of plugin ${plugin}` : node);
  }
  if (count === 0) return undefined;
  const names = [...froms].toSorted();
  const shown = names.length > shownNodes ? `${names.slice(0, shownNodes).join(", ")} and ${names.length - shownNodes} more` : names.join(", ");
  const here = aggregatorNode === undefined ? "the aggregator's pod" : `the aggregator's pod on ${aggregatorNode}`;
  return {
    plugin: "",
    node: "",
    code: "pod-network",
    message: `The pod network between ${shown} and ${here} does not carry their connections: ${count === 1 ? "1 result" : `${count} results`} came through the API server instead`,
    hint: "Look at the network plugin's pods on these nodes, at kube-proxy, and at network policies and firewalls between the nodes.",
  };
}
