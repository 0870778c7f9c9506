import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { kubectl, usePlace } from "../asdic.ts";
import { noLabNode } from "../lab-node.ts";
import { assertOthersWhole, useVictim } from "../victim.ts";

const skip = noLabNode("a kubelet that loses its Node while its pods go on, and kubectl drain's own order");

describe("a plugin's node that leaves", { skip }, () => {
  describe("a node that is drained", () => {
    const victim = useVictim();
    const place = usePlace("node-drain");

    it("costs what ran on it, and gives the part that was there", async (context) => {
      const drain = ["--ignore-daemonsets", "--delete-emptydir-data", "--force", "--timeout=90s"];
      const run = await victim.run(place, (node) => void kubectl("drain", node, ...drain).catch(() => undefined));
      const { state, code, message = "", since } = run.outcome.result("endless", "global");
      context.diagnostic(`drained: ended after ${run.after(since).toFixed(0)} s, run ended after ${run.after().toFixed(0)} s`);
      assert.deepEqual([state, code], ["failed", "node-drained"], message);
      assert.match(message, /^Node \S+ is being drained, and the pod was evicted from it/);
      assert.match(JSON.stringify(run.outcome.error("endless", "global").evidence), /"reason":"EvictionByEvictionAPI".*"nodeCordoned":true/);
      assert.equal(String(run.outcome.files.get("plugins/endless/results/global/part.txt")), "part\n");
      assert.equal(run.outcome.result("slow-nodes", victim.node()).code, "node-drained");
      assertOthersWhole(run, victim.node());
      assert.ok(run.after(since) < 30, `it took ${run.after(since)} s`);
    });
  });

  describe("a node that is deleted from the cluster", () => {
    const victim = useVictim();
    const place = usePlace("node-delete");

    it("costs what ran on it, within seconds", async (context) => {
      const run = await victim.run(place, async (node) => void (await kubectl("delete", "node", node, "--wait=false")));
      const { state, code, message = "", since } = run.outcome.result("endless", "global");
      context.diagnostic(`deleted: ended after ${run.after(since).toFixed(0)} s, run ended after ${run.after().toFixed(0)} s`);
      assert.deepEqual([state, code], ["lost", "node-deleted"], message);
      assert.match(message, new RegExp(`^Node ${victim.node()} was removed from the cluster`));
      assert.match(JSON.stringify(run.outcome.error("endless", "global").evidence), /"nodeGone":true/);
      assertOthersWhole(run, victim.node());
      assert.ok(run.after(since) < 20, `it took ${run.after(since)} s`);
    });
  });
});
