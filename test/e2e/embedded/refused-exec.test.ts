import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { globalNode } from "../../../core/contract/names.ts";
import { checkDelivered, playPlugins } from "../../faults/play-plugins.ts";
import { deliver } from "../../faults/plugin-files.ts";
import type { Stage } from "../../faults/stage.ts";
import { startStage } from "../../faults/stage.ts";

const nodes = ["node-1", "node-2"];
const size = 100_000;
/** Until a worker counts as silent, and then until the result of a plugin that has ended is given up; in seconds. */
const borne = 30 + 60;
const slack = 30;

describe("a cut pod network where exec is refused too", () => {
  let stage: Stage;
  before(async () => {
    stage = await startStage(nodes.map((name) => ({ apiVersion: "v1", kind: "Node", metadata: { name } })));
  });
  after(() => stage.close());

  it("costs the results of other nodes, which are given up in time and with the refusal as evidence, and no other", async (context) => {
    stage.faults.network.cutBetweenNodes();
    stage.faults.api.deny("*", "pods/exec");
    const ended = { name: "ended", driver: "DaemonSet", script: deliver("ended $NODE", size).replace("; sleep 3600", "") } as const;
    const { outcome, run, home } = await playPlugins(stage, { namespace: "refused", plugins: [ended, { name: "once", script: "true" }] });
    const away = nodes.find((node) => node !== home) ?? "";
    assert.equal(run.code, 4, run.stdout + run.stderr);
    assert.equal(outcome.status.outcome, "incomplete");
    checkDelivered(outcome, { plugin: "ended", node: home, line: `ended ${home}`, size });
    const { state, code, message = "", hint = "", since } = outcome.result("ended", away);
    assert.deepEqual([state, code], ["lost", "worker-unreachable"], message);
    assert.match(message, /no way through the API server could be made: .*forbidden.*system:serviceaccount:refused:asdic-aggregator.*pods\/exec/);
    assert.match(hint, /kubectl auth can-i create pods --subresource=exec -n refused/);
    assert.match(JSON.stringify(outcome.error("ended", away).evidence), /"state":"running".*"unreached":".*forbidden/);
    assert.ok(run.stdout.includes(`problem: ended, ${away}: The pod network carries nothing`), run.stdout);
    const seconds = (Date.parse(since) - Date.parse(outcome.status.startedAt)) / 1000;
    context.diagnostic(`given up ${seconds.toFixed(0)} s after the run's start`);
    assert.ok(seconds >= borne && seconds < borne + slack, `it took ${seconds} s`);
    const once = outcome.result("once", globalNode);
    assert.ok(once.state === "done" || once.code === "worker-unreachable", `${once.state} ${once.code}`);
  });
});
