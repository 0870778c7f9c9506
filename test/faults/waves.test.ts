import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { labels } from "../../core/contract/names.ts";
import { buildPluginFile } from "./plugin-files.ts";
import { readOutcome } from "./read-outcome.ts";
import { startStage } from "./stage.ts";

const nodes = Array.from({ length: 30 }, (_, index) => `node-${String(index).padStart(2, "0")}`);
const world = nodes.map((name) => ({ apiVersion: "v1", kind: "Node", metadata: { name } }));
const dead = "node-03";

test("where nodes take turns a plugin's time-out is each node's own", async () => {
  const stage = await startStage(world.slice(0, 4));
  try {
    const signal = AbortSignal.timeout(280_000);
    const [file, tarball] = [join(stage.folder, "steady.yaml"), join(stage.folder, "run.tar.gz")];
    // Four times its sleep is more than its time, which for one is plenty.
    const plugin = buildPluginFile({
      name: "steady",
      driver: "DaemonSet",
      script: "sleep 8; echo done > $RESULTS_DIR/out.txt",
      apiVersion: "asdic/v1",
      timeout: 25,
    });
    await writeFile(file, JSON.stringify(plugin));
    const run = await stage.asdic(
      ["run", "--wait", "--no-redact", "--no-snapshot", "-n", "steady", "-p", file, "-o", tarball, "--max-nodes-at-once", "1"],
      signal,
    );
    assert.equal(run.code, 0, run.stdout + run.stderr);
    assert.equal((await readOutcome(tarball)).status.results.length, 4);
  } finally {
    await stage.close();
  }
});

test("with --max-nodes-at-once 5 there are never more than five pods on 30 nodes, one of which is dead, and every other result comes", async () => {
  const stage = await startStage(world);
  try {
    const namespace = "waves";
    const signal = AbortSignal.timeout(280_000);
    const [file, tarball] = [join(stage.folder, "quick.yaml"), join(stage.folder, "run.tar.gz")];
    const script = "echo $NODE > $RESULTS_DIR/out.txt; echo $RESULTS_DIR/out.txt > $RESULTS_DIR/done; sleep 3600";
    await writeFile(file, JSON.stringify(buildPluginFile({ name: "quick", driver: "DaemonSet", script })));
    const pods = stage.api.types.ofKind("v1", "Pod") ?? assert.fail("there are no pods");
    const there = new Set<string>();
    let most = 0;
    stage.api.watch(pods, { namespace, labelSelector: `${labels.plugin}=quick`, signal }, ({ type, object }) => {
      if (type === "DELETED") there.delete(object.metadata.name);
      else there.add(object.metadata.name);
      most = Math.max(most, there.size);
    });
    await stage.faults.node.lose(dead);
    const run = await stage.asdic(
      ["run", "--wait", "--no-redact", "--no-snapshot", "-n", namespace, "-p", file, "-o", tarball, "--max-nodes-at-once", "5"],
      signal,
    );
    assert.equal(run.code, 4, run.stdout + run.stderr);
    assert.ok(most >= 4 && most <= 6, `${most} pods at once; that of the dead node doesn't count`);
    const { status, files } = await readOutcome(tarball);
    assert.deepEqual(
      status.results.filter(({ state }) => state !== "done").map(({ node, state }) => `${node} ${state}`),
      [`${dead} lost`],
    );
    for (const node of nodes.filter((name) => name !== dead)) assert.equal(String(files.get(`plugins/quick/results/${node}/out.txt`)), `${node}\n`);
  } finally {
    await stage.close();
  }
});
