import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { objectNames } from "../../core/contract/names.ts";
import { parsePodView } from "../../core/kubernetes/pod-view.ts";
import { world } from "./matrix/world.ts";
import { buildPluginFile, deliver } from "./plugin-files.ts";
import { startStage } from "./stage.ts";

test("an aggregator that may not say that its run is complete says so later, and does not end for that", async () => {
  const stage = await startStage(world);
  try {
    const namespace = "silent";
    const signal = AbortSignal.timeout(280_000);
    const file = join(stage.folder, "quick.yaml");
    await writeFile(file, JSON.stringify(buildPluginFile({ name: "quick", script: deliver("quick", 1000) })));
    const user = `system:serviceaccount:${namespace}:${objectNames.aggregator}`;
    const isSealing = stage.untilRequest((request) => request.user === user && request.path.startsWith("/api/v1/pods?"), signal);
    const run = stage.asdic(["run", "--wait", "-n", namespace, "-p", file, "-o", join(stage.folder, "run.tar.gz")], signal);
    await isSealing;
    stage.faults.api.deny("patch", "pods", user);
    // With pauses of two, four and more seconds between them, the third is long after the seal.
    for (let refused = 0; refused < 3; refused++)
      await stage.untilRequest((request) => request.user === user && request.verb === "patch" && request.code === 403, signal);
    stage.faults.api.clear();
    const { code, stderr } = await run;
    assert.equal(code, 0, stderr);
    const [aggregator] = stage.api.list(stage.api.types.ofKind("v1", "Pod") ?? assert.fail(), {
      namespace,
      labelSelector: "sonobuoy-component=aggregator",
    });
    assert.deepEqual(
      parsePodView(aggregator).containers.map(({ restarts }) => restarts),
      [0],
    );
  } finally {
    await stage.close();
  }
});
