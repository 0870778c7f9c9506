import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { checkDelivered, playPlugins } from "./play-plugins.ts";
import { deliver, deliveredFile } from "./plugin-files.ts";
import type { Stage } from "./stage.ts";
import { startStage } from "./stage.ts";

const nodes = ["node-1", "node-2", "node-3"];
const size = 2_000_000;

describe("a pod network that carries nothing between nodes", () => {
  let stage: Stage;
  before(async () => {
    stage = await startStage(nodes.map((name) => ({ apiVersion: "v1", kind: "Node", metadata: { name } })));
  });
  after(() => stage.close());

  it("keeps no plugin from the results of others that it needs", async () => {
    // Without its volume the pod waits.
    const gate = { name: "gate", configMap: { name: "gate" } };
    const container = { securityContext: { runAsUser: 1000 }, volumeMounts: [{ name: "gate", mountPath: "/gate" }] };
    const script = `cat $ASDIC_INPUTS_DIR/once/global/${deliveredFile} > $RESULTS_DIR/${deliveredFile}; echo $RESULTS_DIR/${deliveredFile} > $RESULTS_DIR/done`;
    const reader = { name: "reader", driver: "DaemonSet", apiVersion: "asdic/v1", needs: ["once"], script, container, "extra-volumes": [gate] } as const;
    const { outcome, run, home } = await playPlugins(stage, {
      namespace: "inputs",
      plugins: [{ name: "once", script: deliver("once", size) }, reader],
      meanwhile: async (signal) => {
        for (const node of nodes) await stage.untilPod("reader", { namespace: "inputs", node, signal, is: () => true });
        stage.faults.network.cutBetweenNodes();
        stage.create({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "gate", namespace: "inputs" } });
      },
    });
    assert.equal(run.code, 0, run.stdout + run.stderr);
    for (const node of nodes) {
      checkDelivered(outcome, { plugin: "reader", node, line: "once", size });
      assert.equal(outcome.result("reader", node).way, node === home ? "service" : "exec", `the way from ${node}; the aggregator is on ${home}`);
    }
    const tried = outcome.log.filter(({ msg, plugin }) => msg === "worker not heard: trying by exec" && plugin === "reader");
    assert.equal(tried.filter(({ container: where }) => where === "asdic-inputs").length, nodes.length - 1);
  });
});
