import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, afterEach, before, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { buildPluginFile } from "./plugin-files.ts";
import type { Stage } from "./stage.ts";
import { startStage } from "./stage.ts";

describe("retrieve", () => {
  const namespace = "ways";
  const signal = AbortSignal.timeout(180_000);
  let stage: Stage;
  let sha256: string;
  before(async () => {
    stage = await startStage([{ apiVersion: "v1", kind: "Node", metadata: { name: "node-1" } }]);
    const file = join(stage.folder, "random.yaml");
    // What can't be compressed, so that the tarball is as large.
    const script = "head -c 3000000 /dev/urandom > $RESULTS_DIR/data.bin; echo $RESULTS_DIR/data.bin > $RESULTS_DIR/done";
    await writeFile(file, JSON.stringify(buildPluginFile({ name: "random", script })));
    const run = await stage.asdic(["run", "--wait", "--no-retrieve", "-n", namespace, "-p", file], signal);
    assert.equal(run.code, 0, run.stdout + run.stderr);
    const status = await stage.asdic(["status", "--json", "-n", namespace], signal);
    ({ sha256 } = JSON.parse(status.stdout).tarball);
  });
  afterEach(() => stage.faults.api.clear());
  after(() => stage.close());

  const retrieve = async (name: string): Promise<void> => {
    const { code, stdout, stderr } = await stage.asdic(["retrieve", "-n", namespace, "-o", `${name}.tar.gz`], signal);
    assert.equal(code, 0, stdout + stderr);
    assert.equal(
      createHash("sha256")
        .update(await readFile(join(stage.folder, `${name}.tar.gz`)))
        .digest("hex"),
      sha256,
    );
    assert.deepEqual(
      (await readdir(stage.folder)).filter((file) => file.startsWith(`${name}.`)),
      [`${name}.tar.gz`],
    );
  };

  const refusals: readonly (readonly [string, readonly string[]])[] = [
    ["proxy", []],
    ["port-forward", ["pods/proxy"]],
    ["exec", ["pods/proxy", "pods/portforward"]],
  ];
  for (const [way, denied] of refusals) {
    it(`goes by ${way} where ${denied.length === 0 ? "nothing" : denied.join(" and ")} is refused`, async () => {
      for (const resource of denied) stage.faults.api.deny("*", resource);
      await retrieve(way);
    });
  }

  it("says what the proxy says where no way is left", async () => {
    for (const resource of ["pods/proxy", "pods/portforward", "pods/exec"]) stage.faults.api.deny("*", resource);
    const { code, stderr } = await stage.asdic(["retrieve", "-n", namespace, "-o", "none.tar.gz"], signal);
    assert.equal(code, 3, stderr);
    assert.match(stderr, /pods\/proxy/);
  });

  it("takes another way when the proxy says nothing, and asks it again where there is no other", async () => {
    // The head of an answer takes longer than anybody is patient, and less than the test.
    stage.faults.api.slow(20, { path: /\/proxy\//, times: 2 });
    await retrieve("silent");
    stage.faults.api.clear();
    for (const resource of ["pods/portforward", "pods/exec"]) stage.faults.api.deny("*", resource);
    stage.faults.api.slow(20, { path: /\/proxy\/asdic\/v1\/status$/, times: 1 });
    await retrieve("alone");
  });

  it("goes on where it was when the proxy cuts every answer", async () => {
    stage.faults.api.cutAfter(700_000, { path: /\/proxy\/asdic\/v1\/tarball$/ });
    await retrieve("cut");
  });

  it("takes another way when the proxy cuts every answer before it has brought anything", async () => {
    stage.faults.api.cutAfter(20, { path: /\/proxy\/asdic\/v1\/tarball$/ });
    await retrieve("nothing");
  });

  it("goes on in a later call where Ctrl-C has ended the one before, unless what was kept is of another tarball", async () => {
    stage.faults.api.slow(1_000_000, { path: /\/tarball$/ });
    const stop = new AbortController();
    const retrieving = stage.asdic(["retrieve", "-n", namespace, "-o", "stopped.tar.gz"], stop.signal);
    const partial = join(stage.folder, "stopped.tar.gz.partial");
    while (!((await stat(partial).catch(() => undefined))?.size ?? 0)) await sleep(20, undefined, { signal: AbortSignal.timeout(30_000) });
    stop.abort();
    const { code, stderr } = await retrieving;
    assert.equal(code, 130);
    assert.match(
      stderr,
      /^Interrupted\. \d+ of \d+ bytes of \S+ have come and are kept\.\n`asdic retrieve -n ways -o stopped\.tar\.gz` goes on from there\.$/m,
    );
    const files = (await readdir(stage.folder)).filter((file) => file.startsWith("stopped."));
    assert.deepEqual(files.toSorted(), ["stopped.tar.gz.partial", "stopped.tar.gz.partial.etag"]);
    const part = await readFile(partial);
    assert.ok(part.length > 0);
    stage.faults.api.clear();
    await writeFile(join(stage.folder, "other.tar.gz.partial"), "of another");
    await writeFile(join(stage.folder, "other.tar.gz.partial.etag"), "another\n");
    // By another way, too.
    stage.faults.api.deny("*", "pods/proxy");
    await retrieve("stopped");
    stage.faults.api.clear();
    await retrieve("other");
  });
});
