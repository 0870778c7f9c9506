import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { kubectl, usePlace } from "../asdic.ts";
import { noLabNode, onLabNode } from "../lab-node.ts";
import { assertOthersWhole, useVictim } from "../victim.ts";

const skip = noLabNode("a kubelet that finds its disk full, and the pods that it then ends");

/** The kubelet ends, and the node starts it again within a second. */
const restartKubelet = "kill $(pidof kubelet)";

/** A disk of its own for all that the kubelet keeps, pods' volumes included, so that the machine's stays as it is. */
const giveSmallDisk = `mkdir /tmp/kubelet && cp -a $(find /var/lib/kubelet -mindepth 1 -maxdepth 1 ! -name pods) /tmp/kubelet/ \
&& mount -t tmpfs -o size=200m tmpfs /var/lib/kubelet && cp -a /tmp/kubelet/. /var/lib/kubelet/ && ${restartKubelet}`;
const takeSmallDisk = `rm -rf /tmp/kubelet; [ "$(stat -fc %T /var/lib/kubelet)" = tmpfs ] && umount -l /var/lib/kubelet; ${restartKubelet}`;

const least = "asdic-e2e-least";

describe("a plugin that fills its node's disk", { skip }, () => {
  after(async () => {
    onLabNode(victim.node(), takeSmallDisk);
    await kubectl("delete", "priorityclass", least, "--ignore-not-found");
  });
  const victim = useVictim();
  const place = usePlace("full-disk");

  it("is ended by the kubelet and told so, and costs no other result", async (context) => {
    onLabNode(victim.node(), giveSmallDisk);
    await kubectl("create", "priorityclass", least, "--value=-10");
    const fill = async (): Promise<void> =>
      void (await kubectl("exec", "-n", place.namespace, await podName(place.namespace), "-c", "plugin", "--", "touch", "/tmp/go"));
    const run = await victim.run(place, fill, "fills-disk");
    const { state, code, message = "", since } = run.outcome.result("fills-disk", "global");
    context.diagnostic(`full disk: ended after ${run.after(since).toFixed(0)} s, run ended after ${run.after().toFixed(0)} s`);
    assert.deepEqual([state, code], ["lost", "evicted"], message);
    assert.match(message, /The node was low on resource: ephemeral-storage/);
    assert.match(JSON.stringify(run.outcome.error("fills-disk", "global").evidence), /"reason":"(?:Evicted|TerminationByKubelet)"/);
    assertOthersWhole(run, victim.node());
    assert.ok(run.after(since) < 60, `it took ${run.after(since)} s`);
  });
});

const podName = (namespace: string): Promise<string> =>
  kubectl("get", "pods", "-n", namespace, "-l", "sonobuoy-plugin=fills-disk", "-o", "jsonpath={.items[0].metadata.name}");
