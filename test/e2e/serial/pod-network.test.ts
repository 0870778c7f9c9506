import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { assertByExec } from "../assert-by-exec.ts";
import { assertWhole, lossPlugins, quickAccepted, readNodes, untilLogged } from "../aggregator-pod.ts";
import { asdic, pluginFile, usePlace } from "../asdic.ts";
import { noLabNode } from "../lab-node.ts";
import { cutPodNetwork, mendPodNetwork } from "../pod-network.ts";

const skip = noLabNode("packets between real nodes, and a real API server that exec goes through");

describe("a pod network that carries nothing between nodes", { skip }, () => {
  describe("from the run's beginning", () => {
    // Before the place's own: a run is deleted from a healthy cluster.
    after(mendPodNetwork);
    const place = usePlace("pod-network");

    it("costs no result and no inputs, and the laptop has its tarball all the same", async (context) => {
      const nodes = await readNodes();
      await cutPodNetwork();
      const begun = Date.now();
      const needs = ["census", "own-node"].flatMap((name) => ["-p", pluginFile(`needs/${name}.yaml`)]);
      await asdic(["run", "-n", place.namespace, ...lossPlugins, ...needs]);
      const waited = await asdic(["wait", "-n", place.namespace]);
      context.diagnostic(`cut from the beginning: complete after ${secondsSince(begun)} s`);
      assert.equal(waited.code, 0, waited.stdout + waited.stderr);
      const retrieving = Date.now();
      const retrieved = await asdic(["retrieve", "-n", place.namespace, "-o", place.tarball]);
      context.diagnostic(`cut from the beginning: retrieved in ${secondsSince(retrieving)} s`);
      assert.equal(retrieved.code, 0, retrieved.stdout + retrieved.stderr);
      const { files } = await assertByExec(place, { here: "service" });
      assertWhole(files, nodes);
      for (const node of nodes) assert.equal(String(files.get(`plugins/own-node/results/${node}/seen.txt`)), `${node}\n`);
    });
  });

  describe("from the middle of a run, when connections stand", () => {
    after(mendPodNetwork);
    const place = usePlace("pod-network-later");

    it("costs no result that was still to come", async (context) => {
      const nodes = await readNodes();
      await asdic(["run", "-n", place.namespace, ...lossPlugins]);
      await untilLogged(place.namespace, quickAccepted, { times: nodes.length + 1 });
      await cutPodNetwork();
      const begun = Date.now();
      const waited = await asdic(["wait", "-n", place.namespace]);
      context.diagnostic(`cut in the middle: complete ${secondsSince(begun)} s later`);
      assert.equal(waited.code, 0, waited.stdout + waited.stderr);
      const retrieved = await asdic(["retrieve", "-n", place.namespace, "-o", place.tarball]);
      assert.equal(retrieved.code, 0, retrieved.stdout + retrieved.stderr);
      const { files } = await assertByExec(place, { here: "service", before: ["quick-nodes"] });
      assertWhole(files, nodes);
    });
  });
});

const secondsSince = (moment: number): string => ((Date.now() - moment) / 1000).toFixed(0);
