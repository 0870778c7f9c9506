import assert from "node:assert/strict";
import { after, before } from "node:test";
import type { Outcome } from "../../faults/read-outcome.ts";
import { assertIntact, readNodes } from "../aggregator-pod.ts";
import { kubectl } from "../asdic.ts";
import { growLab, healLabNodes, labNode, readNode } from "../lab-node.ts";

/** Three nodes to break, cordoned, so that the aggregator and Jobs go elsewhere; their names are known once the suite's tests begin. */
export type Victims = {
  /** One that the lab keeps, and two that are made for the suite. */
  readonly names: () => readonly [kept: string, made: string, alsoMade: string];
  /** Brings all three back from whatever was done to them, cordoned, and waits until all of the cluster is ready. */
  heal(): Promise<void>;
  /** Takes the made ones away and brings the other back; nothing happens the second time. */
  end(): Promise<void>;
};

/** Makes three nodes for the suite, one of which stays whole, and chooses another; after the tests the made ones are gone, and it is as it was. Call it inside `describe`, before all else. */
export function useVictims(): Victims {
  const objects = new Map<string, string>();
  let added: readonly string[] = [];
  let names: ReturnType<Victims["names"]> = ["", "", ""];
  let isOver = false;
  const end = async (): Promise<void> => {
    if (isOver) return;
    isOver = true;
    for (const node of added) {
      labNode("remove", node);
      objects.delete(node);
    }
    await healLabNodes(objects);
  };
  before(async () => {
    const known = await readNodes();
    // Where 55 % of the nodes have fallen silent, a control plane evicts no pod from any.
    growLab(known.length + 3);
    added = (await readNodes()).filter((node) => !known.includes(node));
    const [made = "", alsoMade = ""] = added;
    names = [known.at(-1) ?? assert.fail("there is no node to break"), made, alsoMade];
    for (const node of names) objects.set(node, await readNode(node));
    await kubectl("cordon", ...names);
  });
  after(end);
  return {
    names: () => names,
    async heal() {
      await healLabNodes(objects);
      await kubectl("cordon", ...names);
    },
    end,
  };
}

/** Asserts that each result but the victims' unfinished ones is there as it was written, and that those have a cause. */
export function assertOthersWhole(outcome: Outcome, nodes: readonly string[], victims: readonly string[]): void {
  const pairs = ["quick", "slow"].flatMap((speed) => [[`${speed}-job`, "global"] as const, ...nodes.map((node) => [`${speed}-nodes`, node] as const)]);
  for (const [plugin, node] of pairs) {
    const { state, code } = outcome.result(plugin, node);
    if (plugin === "slow-nodes" && victims.includes(node) && state !== "done") assert.ok(code, `${plugin} ${node}`);
    else {
      assert.equal(state, "done", `${plugin} ${node}: ${code}`);
      assertIntact(outcome.files, plugin, node);
    }
  }
}
