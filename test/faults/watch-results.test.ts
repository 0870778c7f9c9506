import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { buildPluginFile } from "./plugin-files.ts";
import type { Stage } from "./stage.ts";
import { startStage } from "./stage.ts";

describe("results --remote --watch", () => {
  const signal = AbortSignal.timeout(180_000);
  let stage: Stage;
  before(async () => {
    stage = await startStage([{ apiVersion: "v1", kind: "Node", metadata: { name: "node-1" } }]);
  });
  after(() => stage.close());

  const watch = (namespace: string, ...args: readonly string[]) => stage.asdic(["results", "--remote", "--watch", "--namespace", namespace, ...args], signal);

  /** Begins a run of one plugin that is still at work when somebody begins to watch it. */
  async function begin(namespace: string, ending: string): Promise<void> {
    const file = join(stage.folder, `${namespace}.yaml`);
    await writeFile(file, JSON.stringify(buildPluginFile({ name: "works", script: `sleep 2; ${ending}` })));
    const { code, stderr } = await stage.asdic(["run", "-n", namespace, "-p", file], signal);
    assert.equal(code, 0, stderr);
  }
  const passes = "echo fine > $RESULTS_DIR/a.txt; echo $RESULTS_DIR/a.txt > $RESULTS_DIR/done";

  it("shows how the run goes and then its results, with steps that need no tarball here", async () => {
    await begin("passing", passes);
    const { code, stdout, stderr } = await watch("passing");
    assert.equal(code, 0, stderr);
    const [progress = "", overview = ""] = stdout.split(/^(?=[✓+] PASSED)/m);
    assert.match(progress, /works/);
    assert.match(overview, /^[✓+] PASSED {2}Everything came, and nothing failed: 1 passed\./);
    assert.match(overview, /\nNext\n {2}asdic retrieve -n passing\n$/);
    const again = await watch("passing");
    assert.equal(again.code, 0, again.stderr);
    assert.ok(again.stdout.endsWith(overview));
  });

  it("prints in another mode nothing but what that mode prints", async () => {
    await begin("dumped", passes);
    const [watched, dumped] = [
      await watch("dumped", "--mode", "dump"),
      await stage.asdic(["results", "--remote", "--namespace", "dumped", "--mode", "dump"], signal),
    ];
    assert.equal(watched.code, 0, watched.stderr);
    assert.equal(watched.stdout, dumped.stdout);
  });

  it("is 0 for a failure that was watched, and 1 where --fail-on asks", async () => {
    await begin("failing", "exit 1");
    const { code, stdout, stderr } = await watch("failing", "--fail-on", "fail");
    assert.match(stdout, /^[✗x◌?] (?:FAILED|INCOMPLETE)/m);
    assert.match(stderr, /--fail-on fail: /);
    assert.equal(code, 4);
    assert.equal((await watch("failing")).code, 0);
  });

  it("says that there is no run to watch", async () => {
    const { code, stdout, stderr } = await watch("nothing-here");
    assert.deepEqual([code, stdout], [2, ""]);
    assert.match(stderr, /^error: .*nothing-here/);
  });
});
