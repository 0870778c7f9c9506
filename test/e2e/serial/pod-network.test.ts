import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { assertByExec } from "../assert-by-exec.ts";
import { assertWhole, lossPlugins, quickAccepted, readNodes, untilLogged } from "../aggregator-pod.ts";
import type { Ended, Place } from "../asdic.ts";
import { asdic, pluginFile, usePlace } from "../asdic.ts";
import { noLabNode } from "../lab-node.ts";
import { cutPodNetwork, mendPodNetwork } from "../pod-network.ts";

const skip = noLabNode("packets between real nodes, and a real API server that exec goes through");

describe("a pod network that carries nothing between nodes", { skip }, () => {
  // Before the places' own: runs are deleted from a healthy cluster.
  after(mendPodNetwork);
  const fromBeginning = usePlace("pod-network");
  const fromMiddle = usePlace("pod-network-later");
  let nodes: readonly string[];
  let waits: { readonly beginning: Promise<Waited>; readonly middle: Promise<Waited> };

  before(async () => {
    nodes = await readNodes();
    await asdic(["run", "-n", fromMiddle.namespace, ...lossPlugins]);
    await untilLogged(fromMiddle.namespace, quickAccepted, { times: nodes.length + 1 });
    await cutPodNetwork();
    const needs = ["census", "own-node"].flatMap((name) => ["-p", pluginFile(`needs/${name}.yaml`)]);
    waits = {
      middle: waitAndRetrieve(fromMiddle),
      beginning: asdic(["run", "-n", fromBeginning.namespace, ...lossPlugins, ...needs]).then(() => waitAndRetrieve(fromBeginning)),
    };
    await Promise.allSettled(Object.values(waits));
  });

  it("from the run's beginning costs no result and no inputs, and the laptop has its tarball all the same", async (context) => {
    const { waited, retrieved, complete, whole } = await waits.beginning;
    context.diagnostic(`cut from the beginning: complete after ${complete} s, retrieved in ${whole} s`);
    assert.equal(waited.code, 0, waited.stdout + waited.stderr);
    assert.equal(retrieved.code, 0, retrieved.stdout + retrieved.stderr);
    const { files } = await assertByExec(fromBeginning, { here: "service" });
    assertWhole(files, nodes);
    for (const node of nodes) assert.equal(String(files.get(`plugins/own-node/results/${node}/seen.txt`)), `${node}\n`);
  });

  it("from the middle of a run, when connections stand, costs no result that was still to come", async (context) => {
    const { waited, retrieved, complete } = await waits.middle;
    context.diagnostic(`cut in the middle: complete ${complete} s later`);
    assert.equal(waited.code, 0, waited.stdout + waited.stderr);
    assert.equal(retrieved.code, 0, retrieved.stdout + retrieved.stderr);
    const { files } = await assertByExec(fromMiddle, { here: "service", before: ["quick-nodes"] });
    assertWhole(files, nodes);
  });
});

type Waited = { readonly waited: Ended; readonly retrieved: Ended; readonly complete: string; readonly whole: string };

async function waitAndRetrieve({ namespace, tarball }: Place): Promise<Waited> {
  const begun = Date.now();
  const waited = await asdic(["wait", "-n", namespace]);
  const complete = secondsSince(begun);
  const retrieving = Date.now();
  const retrieved = await asdic(["retrieve", "-n", namespace, "-o", tarball]);
  return { waited, retrieved, complete, whole: secondsSince(retrieving) };
}

const secondsSince = (moment: number): string => ((Date.now() - moment) / 1000).toFixed(0);
