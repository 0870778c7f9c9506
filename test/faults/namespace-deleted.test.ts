import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { world } from "./matrix/world.ts";
import { buildPluginFile } from "./plugin-files.ts";
import { startStage } from "./stage.ts";

test("whoever waits for a run whose namespace is deleted is told so, and nothing of the run stays", async () => {
  const stage = await startStage(world);
  try {
    const signal = AbortSignal.timeout(280_000);
    const file = join(stage.folder, "endless.yaml");
    await writeFile(file, JSON.stringify(buildPluginFile({ name: "endless", script: "sleep 3600" })));
    const run = stage.asdic(["run", "--wait", "-n", "going", "-p", file, "-o", join(stage.folder, "run.tar.gz")], signal);
    await stage.untilPod("endless", { namespace: "going", signal, is: ({ phase }) => phase === "Running" });
    const namespaces = stage.api.types.ofKind("v1", "Namespace") ?? assert.fail();
    stage.api.delete({ type: namespaces, namespace: "", name: "going" });
    const { code, stderr } = await run;
    assert.match(stderr, /The run in namespace going was deleted before it was complete\./);
    assert.equal(code, 4);
    await stage.until(["v1", "Namespace"], { signal, is: ({ metadata }, type) => metadata.name === "going" && type === "DELETED" });
    assert.deepEqual(
      stage.api.types.all().flatMap((type) => (type.namespaced ? stage.api.list(type, { namespace: "going" }) : [])),
      [],
    );
  } finally {
    await stage.close();
  }
});
