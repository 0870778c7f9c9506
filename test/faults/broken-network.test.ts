import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "node:test";
import { globalNode, labels, objectNames } from "../../core/contract/names.ts";
import { field, text } from "../../core/kubernetes/field.ts";
import { checkDelivered, playPlugins } from "./play-plugins.ts";
import { deliver, deliveredFile } from "./plugin-files.ts";
import type { Stage } from "./stage.ts";
import { startStage } from "./stage.ts";

const nodes = ["node-1", "node-2", "node-3"];
const size = 2_000_000;
const everywhere = { name: "everywhere", driver: "DaemonSet", script: deliver("everywhere $NODE", size) } as const;

describe("a pod network that does not carry what it should", () => {
  let stage: Stage;
  before(async () => {
    stage = await startStage(nodes.map((name) => ({ apiVersion: "v1", kind: "Node", metadata: { name } })));
  });
  afterEach(() => {
    stage.faults.network.clear();
    stage.faults.api.clear();
  });
  after(() => stage.close());

  it("keeps no result away: those of other nodes come through the API server, bit for bit, and the run says so", async () => {
    stage.faults.network.cutBetweenNodes();
    // What goes through the API server instead breaks too, again and again.
    stage.faults.api.cutAfter(600_000, { path: /exec$/ });
    // It never writes a done file, so that its worker must be told to collect.
    const silent = { name: "silent", driver: "DaemonSet", script: `yes silent | head -c ${size} > $RESULTS_DIR/${deliveredFile}` } as const;
    const { outcome, run, status, home } = await playPlugins(stage, { namespace: "cut", plugins: [everywhere, silent] });
    assert.equal(run.code, 0, run.stdout + run.stderr);
    assert.equal(outcome.status.outcome, "complete");
    for (const node of nodes) {
      checkDelivered(outcome, { plugin: "everywhere", node, line: `everywhere ${node}`, size });
      checkDelivered(outcome, { plugin: "silent", node, line: "silent", size });
      const ways = ["everywhere", "silent"].map((plugin) => outcome.result(plugin, node).way);
      assert.deepEqual(ways, node === home ? ["service", "service"] : ["exec", "exec"], `the ways from ${node}; the aggregator is on ${home}`);
    }
    assert.ok(outcome.log.filter(({ msg }) => msg === "request failed").length >= 2 * 3, "uploads have been broken off");
    const others = nodes.filter((node) => node !== home).join(", ");
    const note = (outcome.status.notes ?? []).find(({ code }) => code === "pod-network");
    assert.equal(note?.code, "pod-network");
    assert.equal(
      note?.message,
      `The pod network between ${others} and the aggregator's pod on ${home} does not carry their connections: 4 results came through the API server instead`,
    );
    const report = await stage.asdic(["report", "-f", "text", "cut.tar.gz"], AbortSignal.timeout(30_000));
    assert.ok(report.stdout.includes(`The pod network between ${others}`), report.stdout + report.stderr);
    assert.ok(status.stdout.includes(`note: The pod network between ${others}`), status.stdout);
  });

  it("that breaks every connection after so many bytes, to the Service or the pod, only makes it slower", async () => {
    const { outcome, run } = await playPlugins(stage, {
      namespace: "brittle",
      plugins: [everywhere, { name: "once", script: deliver("once", size) }],
      meanwhile: async (signal) => {
        const service = await stage.until(["v1", "Service"], { namespace: "brittle", signal, is: ({ metadata }) => metadata.name === objectNames.service });
        const limit = { breakAfterBytes: 400_000 };
        stage.faults.network.limit(text(field(field(service, "spec"), "clusterIP")), limit);
        const pod = await stage.until(["v1", "Pod"], { namespace: "brittle", labelSelector: `${labels.role}=aggregator`, signal, is: () => true });
        stage.faults.network.limit(pod.metadata.uid ?? "", limit);
      },
    });
    assert.equal(run.code, 0, run.stdout + run.stderr);
    for (const node of nodes) checkDelivered(outcome, { plugin: "everywhere", node, line: `everywhere ${node}`, size });
    checkDelivered(outcome, { plugin: "once", node: globalNode, line: "once", size });
    assert.ok(outcome.log.filter(({ msg }) => msg === "request failed").length >= 4, "connections have been broken");
    assert.deepEqual(
      outcome.status.notes?.map(({ code }) => code),
      ["not-redacted"],
    );
  });
});
