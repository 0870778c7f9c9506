import assert from "node:assert/strict";
import { after, before } from "node:test";
import type { Outcome } from "../faults/read-outcome.ts";
import { readOutcome } from "../faults/read-outcome.ts";
import { assertIntact, lossPlugins, quickAccepted, readNodes, untilLogged } from "./aggregator-pod.ts";
import type { Ended, Place } from "./asdic.ts";
import { asdic, kubectl, pluginFile } from "./asdic.ts";
import { healLabNode, readNode } from "./lab-node.ts";

/** The node that a suite breaks, and a run of plugins on it and all others. */
export type Victim = {
  /** A worker; its name is known once the suite's tests begin. */
  readonly node: () => string;
  /** Runs the loss plugins, and one of plugins/stuck/ that never ends on the victim; breaks the victim when all that is quick has arrived; gives what came of it. */
  run(place: Place, act: (node: string) => Promise<void> | void, stuck?: string): Promise<BrokenRun>;
};

/** A run during which the victim was broken; `after` tells the seconds from then to a moment, the run's end if none is named. */
export type BrokenRun = { readonly waited: Ended; readonly outcome: Outcome; readonly nodes: readonly string[]; readonly after: (moment?: string) => number };

const label = "asdic-e2e/victim";

/** Chooses the node that a suite breaks, and brings it back after its tests. Call it inside `describe`, before `usePlace`: nothing can be deleted to the end on a broken node. */
export function useVictim(): Victim {
  let [node, object] = ["", ""];
  before(async () => {
    node = (await readNodes("!node-role.kubernetes.io/control-plane")).at(-1) ?? assert.fail("there is no node to break");
    object = await readNode(node);
    await kubectl("label", "node", node, `${label}=yes`, "--overwrite");
    // The aggregator and Jobs go elsewhere; plugins on each node bear it.
    await kubectl("cordon", node);
  });
  after(async () => {
    await healLabNode(node, object);
    await kubectl("label", "node", node, `${label}-`);
  });
  return {
    node: () => node,
    async run({ namespace, tarball }, act, stuck = "endless") {
      const nodes = await readNodes();
      await asdic(["run", "-n", namespace, ...lossPlugins, "-p", pluginFile(`stuck/${stuck}.yaml`)]);
      const waiting = asdic(["wait", "-n", namespace]);
      await untilLogged(namespace, quickAccepted, { times: nodes.length + 1 });
      await kubectl("wait", "-n", namespace, "--for=condition=Ready", "pod", "-l", `sonobuoy-plugin=${stuck}`, "--timeout=60s");
      const begun = Date.now();
      await act(node);
      const waited = await waiting;
      const ended = Date.now();
      await asdic(["retrieve", "-n", namespace, "-o", tarball]);
      const outcome = await readOutcome(tarball);
      return { waited, outcome, nodes, after: (moment) => ((moment === undefined ? ended : Date.parse(moment)) - begun) / 1000 };
    },
  };
}

/** Asserts that each result but the victims' unfinished ones is there as it was written, and that those have a cause. */
export function assertOthersWhole({ outcome, nodes }: Pick<BrokenRun, "outcome" | "nodes">, ...victims: readonly string[]): void {
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
