import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { annotations, labels } from "../../core/contract/names.ts";
import { world } from "./matrix/world.ts";
import { buildPluginFile, deliver } from "./plugin-files.ts";
import { readOutcome } from "./read-outcome.ts";
import { startStage } from "./stage.ts";

test("a node that leaves the cluster, its pod with it, before the aggregator does is accounted for by the next one, and every other result comes", async () => {
  const stage = await startStage(world);
  try {
    const namespace = "together";
    const signal = AbortSignal.timeout(280_000);
    const [file, tarball] = [join(stage.folder, "busy.yaml"), join(stage.folder, "run.tar.gz")];
    const podSpec = { nodeSelector: { scene: "broken" } };
    await writeFile(file, JSON.stringify(buildPluginFile({ name: "busy", driver: "DaemonSet", script: `sleep 20; ${deliver("busy", 1000)}`, podSpec })));
    // The aggregator lies where no node is broken.
    const run = stage.asdic(["run", "--wait", "-n", namespace, "-p", file, "-o", tarball, "--aggregator-node-selector", "scene=calm"], signal);
    const isNoted = ({ metadata }: { readonly metadata: { readonly annotations?: Readonly<Record<string, string>> } }): boolean =>
      metadata.annotations?.[annotations.expected] !== undefined;
    await stage.until(["coordination.k8s.io/v1", "Lease"], { namespace, signal, is: isNoted });
    const { name } = await stage.untilPod("busy", { namespace, node: "broken-2", signal, is: ({ phase }) => phase === "Running" });
    // Nothing of the node is left when the next aggregator comes.
    await stage.faults.node.delete("broken-2");
    await stage.until(["v1", "Pod"], { namespace, signal, is: (pod, type) => pod.metadata.name === name && type === "DELETED" });
    const { metadata } = await stage.until(["v1", "Pod"], { namespace, labelSelector: `${labels.role}=aggregator`, signal, is: () => true });
    stage.faults.pod.delete({ namespace, name: metadata.name });
    const { code, stdout, stderr } = await run;
    assert.equal(code, 4, stdout + stderr);
    const outcome = await readOutcome(tarball);
    assert.deepEqual(outcome.status.results.map(({ node, state }) => `${node} ${state}`).toSorted(), [
      "broken-1 done",
      "broken-2 lost",
      "broken-3 done",
      "broken-4 done",
    ]);
    assert.match(outcome.result("busy", "broken-2").message ?? "", /left the cluster|was removed from the cluster/);
  } finally {
    await stage.close();
  }
});
