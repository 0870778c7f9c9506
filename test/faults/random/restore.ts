import { parseNodeView } from "../../../core/kubernetes/node-view.ts";
import type { Stage } from "../stage.ts";

/** Brings everything back that faults have broken, and resolves when all nodes are ready, so that what is left afterwards is left by asdic. */
export async function restore(stage: Stage, nodes: readonly string[]): Promise<void> {
  const { api, network, node } = stage.faults;
  api.clear();
  network.clear();
  for (const name of nodes) {
    node.fillDisk(name, false);
    node.thaw(name);
    node.mend(name);
    await node.start(name);
    node.uncordon(name);
  }
  const signal = AbortSignal.timeout(30_000);
  for (const name of nodes) await stage.until(["v1", "Node"], { signal, is: (object) => object.metadata.name === name && parseNodeView(object).ready });
}
