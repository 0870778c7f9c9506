import { describe } from "node:test";
import { describeLeavingNodes } from "../broken-nodes/leaving-nodes.ts";
import { describeSilentNodes } from "../broken-nodes/silent-nodes.ts";
import { useVictims } from "../broken-nodes/victims.ts";
import { noLabNode } from "../lab-node.ts";

const skip = noLabNode("power cuts, kubelets that fall silent or lose their Node or find their disk full, and a control plane that misses them");

// In one file and few runs, because most of each is waiting, and making nodes to break takes a minute.
describe("nodes that break", { skip }, () => {
  const victims = useVictims();
  describeLeavingNodes(victims);
  describeSilentNodes(victims);
});
