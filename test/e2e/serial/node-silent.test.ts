import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Outcome } from "../../faults/read-outcome.ts";
import { readOutcome } from "../../faults/read-outcome.ts";
import { lossPlugins, quickAccepted, readNodes, untilLogged } from "../aggregator-pod.ts";
import type { Ended } from "../asdic.ts";
import { asdic, kubectl, usePlace } from "../asdic.ts";
import { growLab, healLabNode, labNode, noLabNode, readNode } from "../lab-node.ts";
import { assertOthersWhole } from "../victim.ts";

/** Seconds from a node's death to the run's end. */
const mostSeconds = 90;

const skip = noLabNode("how long a real control plane takes to miss a real kubelet, and connections to what is dead");

// All in one run, because most of each is waiting: two nodes are made for it, and the third comes back quickly.
describe("plugins' nodes that fall silent", { skip }, () => {
  const victims = { kill: "", pause: "", cut: "" };
  const brokenAt = { kill: 0, pause: 0, cut: 0 };
  let [object, endedAt] = ["", 0];
  let waited: Ended;
  let outcome: Outcome;
  let nodes: readonly string[];

  before(async () => {
    const known = await readNodes();
    growLab(known.length + 2);
    nodes = await readNodes();
    [victims.kill = "", victims.pause = ""] = nodes.filter((node) => !known.includes(node));
    victims.cut = known.at(-1) ?? "";
    object = await readNode(victims.cut);
    // The aggregator and Jobs go elsewhere; plugins on each node bear it.
    await kubectl("cordon", ...Object.values(victims));
  });
  after(async () => {
    for (const node of [victims.kill, victims.pause]) labNode("remove", node);
    await healLabNode(victims.cut, object);
  });
  const { namespace, tarball } = usePlace("node-silent");

  before(async () => {
    await asdic(["run", "-n", namespace, ...lossPlugins]);
    const waiting = asdic(["wait", "-n", namespace]);
    await untilLogged(namespace, quickAccepted, { times: nodes.length + 1 });
    for (const verb of ["kill", "pause", "cut"] as const) {
      labNode(verb, victims[verb]);
      brokenAt[verb] = Date.now();
    }
    waited = await waiting;
    endedAt = Date.now();
    await asdic(["retrieve", "-n", namespace, "-o", tarball]);
    outcome = await readOutcome(tarball);
  });

  for (const [verb, how] of [
    ["kill", "loses its power"],
    ["pause", "freezes"],
    ["cut", "loses its network"],
  ] as const)
    it(`a node that ${how} is given up, with evidence, and ends the run in at most ${mostSeconds} s`, (context) => {
      const { state, code, message = "", since } = outcome.result("slow-nodes", victims[verb]);
      const [lostAfter, endedAfter] = [Date.parse(since), endedAt].map((moment) => Math.round((moment - brokenAt[verb]) / 1000));
      context.diagnostic(`${verb}: given up after ${lostAfter} s, run ended after ${endedAfter} s`);
      assert.deepEqual([state, code], ["lost", "node-not-ready"], message);
      assert.match(message, /^Node \S+ is not ready: Kubelet stopped posting node status/);
      assert.match(JSON.stringify(outcome.error("slow-nodes", victims[verb]).evidence), /"nodeReady":false.*"type":"Ready","status":"Unknown"/);
      assert.match(waited.stdout, new RegExp(`problem: slow-nodes, ${victims[verb]}: Node .* is not ready`));
      assert.ok(endedAfter !== undefined && endedAfter <= mostSeconds, `the run ended ${endedAfter} s after the node`);
    });

  it("is incomplete, and has every other result bit for bit", () => {
    assert.equal(waited.code, 4, waited.stderr);
    assertOthersWhole({ outcome, nodes }, ...Object.values(victims));
  });
});
