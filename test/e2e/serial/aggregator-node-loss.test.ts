import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { readOutcome } from "../../faults/read-outcome.ts";
import { assertIntact, lossPlugins, quickAccepted, readNodes, untilLogged } from "../aggregator-pod.ts";
import { asdic, kubectl, usePlace } from "../asdic.ts";
import { healLabNode, labNode, noLabNode, readNode } from "../lab-node.ts";

const skip = noLabNode("a power cut of a real node, and a real kubelet's silence");
const label = "asdic-e2e/loss";

describe("an aggregator whose node dies", { skip }, () => {
  let [victim, object] = ["", ""];

  before(async () => {
    for (const node of await readNodes("!node-role.kubernetes.io/control-plane")) await kubectl("label", "node", node, `${label}=yes`, "--overwrite");
  });
  // Before the place's own, because nothing can be deleted to the end while its node is dead.
  after(async () => {
    if (victim !== "") await healLabNode(victim, object);
    for (const node of await readNodes(label)) await kubectl("label", "node", node, `${label}-`);
  });

  const place = usePlace("loss-node");
  const { namespace } = place;

  it("is replaced within a minute of its node's being known as lost, and has every result of the nodes that live", async (context) => {
    const nodes = await readNodes(label);
    await asdic(["run", "-n", namespace, "--node-selector", `${label}=yes`, ...lossPlugins]);
    const waiting = asdic(["wait", "-n", namespace]);
    const first = await untilLogged(namespace, quickAccepted, { times: nodes.length + 1 });
    victim = await nodeOf(namespace, first);
    object = await readNode(victim);
    labNode("kill", victim);
    const killedAt = Date.now();
    await kubectl("wait", "--for=condition=Ready=Unknown", `node/${victim}`, "--timeout=120s");
    const knownAt = Date.now();
    const second = await untilLogged(namespace, /"in place of an aggregator that was lost"/, { seconds: 60 });
    context.diagnostic(`known as lost after ${seconds(killedAt, knownAt)} s, replaced ${seconds(knownAt, Date.now())} s after that`);
    assert.notEqual(second, first);
    const waited = await waiting;
    context.diagnostic(`complete ${seconds(killedAt, Date.now())} s after the node's death`);
    assert.equal(waited.code, 4, waited.stdout + waited.stderr);
    assert.equal(waited.stdout.match(/The aggregator is being replaced/g)?.length, 1, waited.stdout);
    await asdic(["retrieve", "-n", namespace, "-o", place.tarball]);
    const { files, status } = await readOutcome(place.tarball);
    for (const node of nodes.filter((each) => each !== victim)) for (const plugin of ["quick-nodes", "slow-nodes"]) assertIntact(files, plugin, node);
    for (const { plugin, node, state } of status.results.filter((result) => result.node === victim)) assert.equal(state, "lost", `${plugin} ${node}`);
    for (const { plugin, state, code } of status.results.filter((result) => result.node === "global"))
      assert.ok(state === "done" || code === "node-not-ready" || code === "lost-with-aggregator", `${plugin} ${state} ${code}`);
  });
});

const nodeOf = async (namespace: string, pod: string): Promise<string> =>
  (await kubectl("get", "pod", "-n", namespace, pod, "-o", "jsonpath={.spec.nodeName}")).trim();
const seconds = (from: number, to: number): string => ((to - from) / 1000).toFixed(0);
