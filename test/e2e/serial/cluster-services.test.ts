import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { assertIntact, readNodes, untilLogged } from "../aggregator-pod.ts";
import { asdic, kubectl, pluginFile, readTarball, usePlace } from "../asdic.ts";
import { assertByExec } from "../assert-by-exec.ts";
import { isReachedFrom, noLabNode } from "../lab-node.ts";
import { cutPodNetwork, mendPodNetwork } from "../pod-network.ts";

const skip = noLabNode("kube-proxy and CoreDNS are the real cluster's own");
const system = ["-n", "kube-system"] as const;
const plugins = ["quick-job", "quick-nodes"].flatMap((name) => ["-p", pluginFile(`loss/${name}.yaml`)]);

describe("a cluster that lacks what most pods lean on", { skip }, () => {
  describe("without kube-proxy, so that no new Service is reached", () => {
    const select = (value: string): Promise<string> =>
      kubectl(...system, "patch", "daemonset", "kube-proxy", "-p", `{"spec":{"template":{"spec":{"nodeSelector":{"asdic-e2e/none":${value}}}}}}`);
    after(async () => {
      await select("null");
      await kubectl(...system, "rollout", "status", "daemonset/kube-proxy", "--timeout=120s");
    });
    const place = usePlace("no-proxy");

    it("has every result, by the aggregator's pod address", async (context) => {
      await select('"yes"');
      await kubectl(...system, "wait", "--for=delete", "pod", "-l", "k8s-app=kube-proxy", "--timeout=60s");
      await asdic(["run", "-n", place.namespace, ...plugins]);
      await untilLogged(place.namespace, /"aggregator started"/);
      const address = await kubectl("get", "service", "-n", place.namespace, "asdic-aggregator", "-o", "jsonpath={.spec.clusterIP}");
      for (const node of await readNodes()) assert.equal(isReachedFrom(node, address, 8080), false, `the Service is reached from ${node} all the same`);
      const begun = Date.now();
      const waited = await asdic(["wait", "-n", place.namespace]);
      context.diagnostic(`without kube-proxy: complete after ${((Date.now() - begun) / 1000).toFixed(0)} s`);
      assert.equal(waited.code, 0, waited.stdout + waited.stderr);
      await assertQuick(place.namespace, place.tarball);
    });

    describe("and with a pod network that carries nothing between nodes", () => {
      after(mendPodNetwork);
      const cut = usePlace("no-proxy-cut");

      it("has every result, by exec", async (context) => {
        await cutPodNetwork();
        const begun = Date.now();
        await asdic(["run", "-n", cut.namespace, ...plugins]);
        const waited = await asdic(["wait", "-n", cut.namespace]);
        context.diagnostic(`without kube-proxy and pod network: complete after ${((Date.now() - begun) / 1000).toFixed(0)} s`);
        assert.equal(waited.code, 0, waited.stdout + waited.stderr);
        await assertQuick(cut.namespace, cut.tarball);
        await assertByExec(cut, { here: "pod-ip" });
      });
    });
  });

  describe("without CoreDNS", () => {
    const scale = (replicas: number): Promise<string> => kubectl(...system, "scale", "deployment/coredns", `--replicas=${replicas}`);
    after(async () => {
      await scale(2);
      await kubectl(...system, "rollout", "status", "deployment/coredns", "--timeout=120s");
    });
    const place = usePlace("no-dns");

    it("has every result, because nothing of a run needs a name", async (context) => {
      await scale(0);
      await kubectl(...system, "wait", "--for=delete", "pod", "-l", "k8s-app=kube-dns", "--timeout=60s");
      const begun = Date.now();
      await asdic(["run", "-n", place.namespace, ...plugins]);
      const waited = await asdic(["wait", "-n", place.namespace]);
      context.diagnostic(`without CoreDNS: complete after ${((Date.now() - begun) / 1000).toFixed(0)} s`);
      assert.equal(waited.code, 0, waited.stdout + waited.stderr);
      await assertQuick(place.namespace, place.tarball);
    });
  });
});

async function assertQuick(namespace: string, tarball: string): Promise<void> {
  await asdic(["retrieve", "-n", namespace, "-o", tarball]);
  const files = await readTarball(tarball);
  assertIntact(files, "quick-job", "global");
  for (const node of await readNodes()) assertIntact(files, "quick-nodes", node);
}
