import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Outcome } from "../../faults/read-outcome.ts";
import { readOutcome } from "../../faults/read-outcome.ts";
import { lossPlugins, quickAccepted, readNodes, untilLogged } from "../aggregator-pod.ts";
import { asdic, kubectl, pluginFile, usePlace } from "../asdic.ts";
import { onLabNode } from "../lab-node.ts";
import { assertOthersWhole } from "./victims.ts";
import type { Victims } from "./victims.ts";

const label = "asdic-e2e/victim";
const least = "asdic-e2e-least";

/** Each with a plugin that never ends on one victim. */
const plugins = ["on-drained", "on-deleted", "fills-disk"] as const;
type Plugin = (typeof plugins)[number];

/** Describes one run during which a victim is drained, one is deleted from the cluster, and the disk of one is filled by a plugin, all while their plugins run. */
export function describeLeavingNodes(victims: Victims): void {
  describe("nodes that leave, and one whose disk a plugin fills", () => {
    const brokenAt = { "on-drained": 0, "on-deleted": 0, "fills-disk": 0 };
    let nodes: readonly string[];
    let outcome: Outcome;
    const secondsAfter = (plugin: Plugin): number => (Date.parse(outcome.result(plugin, "global").since) - brokenAt[plugin]) / 1000;

    // Before the place's own, because nothing can be deleted to the end on a broken node.
    after(async () => {
      onLabNode(victims.names()[2], takeSmallDisk);
      await victims.heal();
      await kubectl("label", "node", ...victims.names(), `${label}-`);
      await kubectl("delete", "priorityclass", least, "--ignore-not-found");
    });
    const { namespace, tarball } = usePlace("nodes-leave");

    before(async () => {
      const [drained, deleted, full] = victims.names();
      for (const [node, value] of [
        [drained, "drained"],
        [deleted, "deleted"],
        [full, "full"],
      ] as const)
        await kubectl("label", "node", node, `${label}=${value}`, "--overwrite");
      onLabNode(full, giveSmallDisk);
      await kubectl("create", "priorityclass", least, "--value=-10");
      nodes = await readNodes();
      await asdic(["run", "-n", namespace, ...lossPlugins, ...plugins.flatMap((plugin) => ["-p", pluginFile(`stuck/${plugin}.yaml`)])]);
      const waiting = asdic(["wait", "-n", namespace]);
      await untilLogged(namespace, quickAccepted, { times: nodes.length + 1 });
      await kubectl("wait", "-n", namespace, "--for=condition=Ready", "pod", "-l", `sonobuoy-plugin in (${plugins.join(",")})`, "--timeout=60s");
      const filler = await kubectl("get", "pods", "-n", namespace, "-l", "sonobuoy-plugin=fills-disk", "-o", "jsonpath={.items[0].metadata.name}");
      for (const plugin of plugins) brokenAt[plugin] = Date.now();
      const draining = kubectl("drain", drained, "--ignore-daemonsets", "--delete-emptydir-data", "--force", "--timeout=90s").catch(() => undefined);
      await Promise.all([
        kubectl("delete", "node", deleted, "--wait=false"),
        kubectl("exec", "-n", namespace, filler, "-c", "plugin", "--", "touch", "/tmp/go"),
      ]);
      await Promise.all([waiting, draining]);
      await asdic(["retrieve", "-n", namespace, "-o", tarball]);
      outcome = await readOutcome(tarball);
    });

    it("a node that is drained costs what ran on it, and gives the part that was there", (context) => {
      const { state, code, message = "" } = outcome.result("on-drained", "global");
      context.diagnostic(`drained: ended after ${secondsAfter("on-drained").toFixed(0)} s`);
      assert.deepEqual([state, code], ["failed", "node-drained"], message);
      assert.match(message, /^Node \S+ is being drained, and the pod was evicted from it/);
      assert.match(JSON.stringify(outcome.error("on-drained", "global").evidence), /"reason":"EvictionByEvictionAPI".*"nodeCordoned":true/);
      assert.equal(String(outcome.files.get("plugins/on-drained/results/global/part.txt")), "part\n");
      const slow = outcome.result("slow-nodes", victims.names()[0]);
      // On a busy machine it may have been done by then.
      assert.ok(slow.state === "done" || slow.code === "node-drained", `${slow.state} ${slow.code}`);
      assert.ok(secondsAfter("on-drained") < 30, `it took ${secondsAfter("on-drained")} s`);
    });

    it("a node that is deleted from the cluster costs what ran on it, within seconds", (context) => {
      const { state, code, message = "" } = outcome.result("on-deleted", "global");
      context.diagnostic(`deleted: ended after ${secondsAfter("on-deleted").toFixed(0)} s`);
      assert.deepEqual([state, code], ["lost", "node-deleted"], message);
      assert.match(message, new RegExp(`^Node ${victims.names()[1]} was removed from the cluster`));
      assert.match(JSON.stringify(outcome.error("on-deleted", "global").evidence), /"nodeGone":true/);
      assert.ok(secondsAfter("on-deleted") < 20, `it took ${secondsAfter("on-deleted")} s`);
    });

    it("a plugin that fills its node's disk is ended by the kubelet and told so", (context) => {
      const { state, code, message = "" } = outcome.result("fills-disk", "global");
      context.diagnostic(`full disk: ended after ${secondsAfter("fills-disk").toFixed(0)} s`);
      assert.deepEqual([state, code], ["lost", "evicted"], message);
      assert.match(message, /The node was low on resource: ephemeral-storage/);
      assert.match(JSON.stringify(outcome.error("fills-disk", "global").evidence), /"reason":"(?:Evicted|TerminationByKubelet)"/);
      assert.ok(secondsAfter("fills-disk") < 60, `it took ${secondsAfter("fills-disk")} s`);
    });

    it("costs no other result", () => assertOthersWhole(outcome, nodes, victims.names()));
  });
}

/** The kubelet ends, and the node starts it again within a second. */
const restartKubelet = "kill $(pidof kubelet)";

/** A disk of its own for all that the kubelet keeps, pods' volumes included, so that the machine's stays as it is. */
const giveSmallDisk = `mkdir /tmp/kubelet && cp -a $(find /var/lib/kubelet -mindepth 1 -maxdepth 1 ! -name pods) /tmp/kubelet/ \
&& mount -t tmpfs -o size=200m tmpfs /var/lib/kubelet && cp -a /tmp/kubelet/. /var/lib/kubelet/ && ${restartKubelet}`;
const takeSmallDisk = `rm -rf /tmp/kubelet; [ "$(stat -fc %T /var/lib/kubelet)" = tmpfs ] && umount -l /var/lib/kubelet; ${restartKubelet}`;
