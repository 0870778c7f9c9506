import assert from "node:assert/strict";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { after, afterEach, before, describe, it } from "node:test";
import { writeFile } from "node:fs/promises";
import { buildPluginFile } from "./plugin-files.ts";
import type { Stage } from "./stage.ts";
import { startStage } from "./stage.ts";

describe("a tarball at the aggregator", () => {
  const namespace = "remote";
  const signal = AbortSignal.timeout(180_000);
  let stage: Stage;
  before(async () => {
    stage = await startStage(["node-1", "node-2"].map((name) => ({ apiVersion: "v1", kind: "Node", metadata: { name } })));
    // What can't be compressed, so that it is most of the tarball, beside what is small.
    const plugins = [
      buildPluginFile({ name: "random", script: "head -c 3000000 /dev/urandom > $RESULTS_DIR/data.bin; echo $RESULTS_DIR/data.bin > $RESULTS_DIR/done" }),
      buildPluginFile({ name: "every", driver: "DaemonSet", script: "echo small > $RESULTS_DIR/a.txt; echo $RESULTS_DIR/a.txt > $RESULTS_DIR/done" }),
    ];
    const files = await Promise.all(
      plugins.map(async (plugin, at) => {
        const file = join(stage.folder, `plugin-${at}.yaml`);
        await writeFile(file, JSON.stringify(plugin));
        return ["-p", file];
      }),
    );
    const run = await stage.asdic(["run", "--wait", "-n", namespace, "-o", "run.tar.gz", ...files.flat()], signal);
    assert.equal(run.code, 0, run.stdout + run.stderr);
  });
  afterEach(() => stage.faults.api.clear());
  after(() => stage.close());

  const modes: readonly (readonly string[])[] = [
    ["--mode", "report"],
    ["--mode", "detailed", "-p", "every"],
    ["--mode", "dump"],
    ["--mode", "readable", "--node", "node-2"],
    ["-p", "sonobuoy"],
    ["--mode", "detailed", "--node", "node-2", "--skip-prefix", "--fail-on", "failed"],
  ];
  for (const args of modes)
    it(`is shown as the same tarball here: results ${args.join(" ")}`, async () => {
      const [remote, local] = [
        await stage.asdic(["results", "--remote", "--namespace", namespace, ...args], signal),
        await stage.asdic(["results", "run.tar.gz", ...args], signal),
      ];
      assert.notEqual(local.stdout, "");
      assert.deepEqual(remote, local);
    });

  const refusals: readonly (readonly [string, readonly string[]])[] = [
    ["proxy", []],
    ["port-forward", ["pods/proxy"]],
    ["exec", ["pods/proxy", "pods/portforward"]],
  ];
  for (const [way, denied] of refusals)
    it(`is read by ${way}, and little of it`, async () => {
      for (const resource of denied) stage.faults.api.deny("*", resource);
      const { code, stdout, stderr } = await stage.asdic(["results", "--remote", "--namespace", namespace, "-p", "every", "--verbose"], signal);
      assert.equal(code, 0, stderr);
      assert.match(stdout, /^[✓+] PASSED {2}Everything came, and nothing failed: 2 passed\./);
      const [, fetched = 0, size = 0] = (/(\d+) of (\d+) bytes of \S+\.tar\.gz were fetched/.exec(stderr) ?? []).map(Number);
      assert.ok(fetched > 0 && fetched < size / 5, `${fetched} of ${size}`);
    });

  it("gives single files, each whole, through cuts", async () => {
    stage.faults.api.cutAfter(700_000, { path: /\/proxy\/asdic\/v1\/tarball$/ });
    const { code, stdout, stderr } = await stage.asdic(["retrieve", "-n", namespace, "--only", "plugins/random/results", "meta/*.json", "-o", "some"], signal);
    assert.equal(code, 0, stderr);
    const paths = stdout.trimEnd().split("\n");
    assert.ok(paths.includes(join(stage.folder, "some/meta/manifest.json")), stdout);
    const data = join(stage.folder, "some/plugins/random/results/global/data.bin");
    assert.equal((await stat(data)).size, 3_000_000);
    const whole = await stage.asdic(["retrieve", "-n", namespace, "-x", "-o", "whole.tar.gz"], signal);
    assert.equal(whole.code, 0, whole.stderr);
    for (const path of paths) assert.deepEqual(await readFile(path), await readFile(path.replace("/some/", "/whole/")));
    assert.deepEqual((await readdir(join(stage.folder, "some"))).toSorted(), ["meta", "plugins"]);
  });

  it("says which names there are where none fits", async () => {
    const { code, stdout, stderr } = await stage.asdic(["retrieve", "-n", namespace, "--only", "plugin/*"], signal);
    assert.deepEqual([code, stdout], [2, ""]);
    assert.match(stderr, /^error: --only "plugin\/\*": fits nothing of the \d+ files in the tarball\.\nSome of its names: meta\/manifest\.json, /m);
  });
});
