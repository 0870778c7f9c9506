import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { assertByExec } from "../assert-by-exec.ts";
import { assertIntact, assertWhole, lossPlugins, quickAccepted, readNodes, untilLogged } from "../aggregator-pod.ts";
import type { Ended, Place } from "../asdic.ts";
import { asdic, kubectl, pluginFile, readTarball, usePlace } from "../asdic.ts";
import { isReachedFrom, noLabNode } from "../lab-node.ts";
import { cutPodNetwork, mendPodNetwork } from "../pod-network.ts";
import { removeService, returnService } from "../system-services.ts";

const skip = noLabNode("packets between real nodes, a real API server that exec goes through, and kube-proxy and CoreDNS, which are the real cluster's own");
const quickPlugins = ["quick-job", "quick-nodes"].flatMap((name) => ["-p", pluginFile(`loss/${name}.yaml`)]);

// In one file, because most of each is waiting: the runs under a cut network need no kube-proxy once their Services are known.
describe("a cluster's network that lacks what most pods lean on", { skip }, () => {
  after(() => returnService("kube-proxy"));

  describe("a pod network that carries nothing between nodes", () => {
    const places: Place[] = [];
    // Before the places' own: runs are deleted from a healthy pod network, and together.
    after(async () => {
      await mendPodNetwork();
      await Promise.all(places.map(({ namespace }) => asdic(["delete", "--wait", "-n", namespace])));
    });
    const [fromBeginning, fromMiddle, noProxy] = [usePlace("pod-network"), usePlace("pod-network-later"), usePlace("no-proxy-cut")];
    places.push(fromBeginning, fromMiddle, noProxy);
    let nodes: readonly string[];
    let waits: { readonly beginning: Promise<Waited>; readonly middle: Promise<Waited>; readonly noProxy: Promise<Waited> };

    before(async () => {
      nodes = await readNodes();
      await asdic(["run", "-n", fromMiddle.namespace, ...lossPlugins]);
      await untilLogged(fromMiddle.namespace, quickAccepted, { times: nodes.length + 1 });
      await cutPodNetwork();
      const needs = ["census", "own-node"].flatMap((name) => ["-p", pluginFile(`needs/${name}.yaml`)]);
      const middle = waitAndRetrieve(fromMiddle);
      await asdic(["run", "-n", fromBeginning.namespace, ...lossPlugins, ...needs]);
      const beginning = waitAndRetrieve(fromBeginning);
      // Then its Service is known to the nodes, as it is for the rest of its time.
      await untilLogged(fromBeginning.namespace, quickAccepted, { times: nodes.length + 1, seconds: 120 });
      await removeService("kube-proxy");
      await asdic(["run", "-n", noProxy.namespace, ...quickPlugins]);
      waits = { middle, beginning, noProxy: waitAndRetrieve(noProxy) };
      await Promise.allSettled(Object.values(waits));
    });

    it("from the run's beginning costs no result and no inputs, and the laptop has its tarball all the same", async (context) => {
      const { complete, whole } = await assertPassed(waits.beginning);
      context.diagnostic(`cut from the beginning: complete after ${complete} s, retrieved in ${whole} s`);
      const { files } = await assertByExec(fromBeginning, { here: "service" });
      assertWhole(files, nodes);
      for (const node of nodes) assert.equal(String(files.get(`plugins/own-node/results/${node}/seen.txt`)), `${node}\n`);
    });

    it("from the middle of a run, when connections stand, costs no result that was still to come", async (context) => {
      const { complete } = await assertPassed(waits.middle);
      context.diagnostic(`cut in the middle: complete ${complete} s later`);
      const { files } = await assertByExec(fromMiddle, { here: "service", before: ["quick-nodes"] });
      assertWhole(files, nodes);
    });

    it("and no kube-proxy, so that no new Service is reached, cost no result", async (context) => {
      const { complete } = await assertPassed(waits.noProxy);
      context.diagnostic(`without kube-proxy and pod network: complete after ${complete} s`);
      const { files } = await assertByExec(noProxy, { here: "pod-ip" });
      assertQuick(files, nodes);
    });
  });

  describe("without kube-proxy and CoreDNS", () => {
    after(() => returnService("coredns"));
    const place = usePlace("no-services");

    it("has every result, by the aggregator's pod address and without a name", async (context) => {
      await Promise.all([removeService("kube-proxy"), removeService("coredns")]);
      await asdic(["run", "-n", place.namespace, ...quickPlugins]);
      await untilLogged(place.namespace, /"aggregator started"/);
      const address = await kubectl("get", "service", "-n", place.namespace, "asdic-aggregator", "-o", "jsonpath={.spec.clusterIP}");
      const nodes = await readNodes();
      for (const node of nodes) assert.equal(isReachedFrom(node, address, 8080), false, `the Service is reached from ${node} all the same`);
      const { complete } = await assertPassed(waitAndRetrieve(place));
      context.diagnostic(`without kube-proxy and CoreDNS: complete after ${complete} s`);
      assertQuick(await readTarball(place.tarball), nodes);
    });
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

async function assertPassed(waiting: Promise<Waited>): Promise<Waited> {
  const outcome = await waiting;
  for (const { code, stdout, stderr } of [outcome.waited, outcome.retrieved]) assert.equal(code, 0, stdout + stderr);
  return outcome;
}

function assertQuick(files: ReadonlyMap<string, Buffer>, nodes: readonly string[]): void {
  assertIntact(files, "quick-job", "global");
  for (const node of nodes) assertIntact(files, "quick-nodes", node);
}
