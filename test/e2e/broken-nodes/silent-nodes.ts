import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Outcome } from "../../faults/read-outcome.ts";
import { readOutcome } from "../../faults/read-outcome.ts";
import { quickAccepted, readNodes, untilLogged } from "../aggregator-pod.ts";
import type { Ended } from "../asdic.ts";
import { asdic, usePlace } from "../asdic.ts";
import { labNode } from "../lab-node.ts";
import { assertReplaced, forgetLostAggregator, startLostAggregator } from "./lost-aggregator.ts";
import type { LostAggregator } from "./lost-aggregator.ts";
import { writePatientPlugins } from "./patient-plugins.ts";
import { assertOthersWhole } from "./victims.ts";
import type { Victims } from "./victims.ts";

/** Seconds from a node's death to the run's end. */
const mostSeconds = 90;

const ways = [
  ["cut", "loses its network"],
  ["kill", "loses its power"],
  ["pause", "freezes"],
] as const;
type Verb = (typeof ways)[number][0];

/** Describes one victim's loss of its network, one's of its power, and one's freezing, at once, to a run on every node and to a run whose aggregator loses its power. */
export function describeSilentNodes(victims: Victims): void {
  describe("nodes that fall silent", () => {
    const brokenAt = { cut: 0, kill: 0, pause: 0 };
    const victim = (verb: Verb): string => victims.names()[ways.findIndex(([each]) => each === verb)] ?? "";
    let nodes: readonly string[];
    let [survivor, endedAt] = ["", 0];
    let waited: Ended;
    let outcome: Outcome;
    let replacing: ReturnType<LostAggregator["untilReplaced"]>;

    // Before the places' own, because nothing can be deleted to the end while its node is dead; and together.
    after(async () => {
      await victims.end();
      await forgetLostAggregator();
      await Promise.all([place, lossPlace].map(({ namespace }) => asdic(["delete", "--wait", "-n", namespace])));
    });
    const place = usePlace("node-silent");
    const lossPlace = usePlace("loss-node");

    before(async () => {
      nodes = await readNodes();
      survivor = (await readNodes("!node-role.kubernetes.io/control-plane")).find((node) => !victims.names().includes(node)) ?? "";
      const loss = await startLostAggregator(lossPlace, victim("kill"), survivor);
      await asdic(["run", "-n", place.namespace, ...writePatientPlugins(place.folder)]);
      const waiting = asdic(["wait", "-n", place.namespace]);
      await Promise.all([untilLogged(place.namespace, quickAccepted, { times: nodes.length + 1 }), loss.untilAccepted()]);
      for (const [verb] of ways) {
        labNode(verb, victim(verb));
        brokenAt[verb] = Date.now();
      }
      replacing = loss.untilReplaced();
      waited = await waiting;
      endedAt = Date.now();
      await asdic(["retrieve", "-n", place.namespace, "-o", place.tarball]);
      outcome = await readOutcome(place.tarball);
      await Promise.allSettled([replacing]);
    });

    for (const [verb, how] of ways)
      it(`a node that ${how} is given up, with evidence, and ends the run in at most ${mostSeconds} s`, (context) => {
        const { state, code, message = "", since } = outcome.result("slow-nodes", victim(verb));
        const [lostAfter, endedAfter] = [Date.parse(since), endedAt].map((moment) => Math.round((moment - brokenAt[verb]) / 1000));
        context.diagnostic(`${verb}: given up after ${lostAfter} s, run ended after ${endedAfter} s`);
        assert.deepEqual([state, code], ["lost", "node-not-ready"], message);
        assert.match(message, /^Node \S+ is not ready: Kubelet stopped posting node status/);
        assert.match(JSON.stringify(outcome.error("slow-nodes", victim(verb)).evidence), /"nodeReady":false.*"type":"Ready","status":"Unknown"/);
        assert.match(waited.stdout, new RegExp(`problem: slow-nodes, ${victim(verb)}: Node .* is not ready`));
        assert.ok(endedAfter !== undefined && endedAfter <= mostSeconds, `the run ended ${endedAfter} s after the node`);
      });

    it("the run is incomplete, and has every other result bit for bit", () => {
      assert.equal(waited.code, 4, waited.stderr);
      assertOthersWhole(outcome, nodes, victims.names());
    });

    it("an aggregator that was on one is replaced within a minute of its being known as lost, and has every result of the node that lives", async (context) => {
      await assertReplaced(context, lossPlace, { replacement: await replacing, victim: victim("kill"), survivor });
    });
  });
}
