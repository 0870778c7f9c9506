import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { assertGolden } from "../golden.ts";
import { asdic, kubectl, readTarball, renderListing, usePlace } from "./asdic.ts";
import type { Ended } from "./asdic.ts";

describe("asdic run --wait without more", () => {
  const place = usePlace("built-ins");
  const { namespace, folder, tarball } = place;
  let run: Ended;
  let files: Map<string, Buffer>;
  before(async () => {
    run = await asdic(["run", "--wait", "-n", namespace, "-o", tarball], folder);
    files = await readTarball(tarball);
  });

  it("passes, and leaves a tarball and a report", async () => {
    assert.equal(run.code, 0, run.stdout + run.stderr);
    const report = await readFile(join(folder, "run.html"), "utf8");
    assert.match(report, /node-facts/);
    assert.match(report, /exec into a pod/);
  });

  it("keeps the namespace at the strictest Pod Security level", async () => {
    assert.equal(await kubectl("get", "namespace", namespace, "-o", "jsonpath={.metadata.labels.pod-security\\.kubernetes\\.io/enforce}"), "restricted");
  });

  it("has the listing and the smoke cases that are expected", () => {
    assertGolden("e2e/built-ins/listing.txt", renderListing(files.keys(), namespace));
    const tree = String(files.get("plugins/smoke/sonobuoy_results.yaml"));
    assertGolden("e2e/built-ins/smoke.txt", `${(tree.match(/^\s*(?:- )?(?:name|status): .*$/gm) ?? []).join("\n")}\n`);
  });

  it("tells of every node what a pod can see of it", async () => {
    const nodes = JSON.parse(await kubectl("get", "nodes", "-o", "json")).items;
    for (const { metadata, status } of nodes) {
      const facts = String(files.get(`plugins/node-facts/results/${metadata.name}/node-facts.json`));
      assert.match(facts, new RegExp(status.nodeInfo.kernelVersion.split(" ")[0].replaceAll(".", "\\.")));
    }
  });

  it("shows status, report and results again from cluster and file", async () => {
    const status = await asdic(["status", "-n", namespace, "--json"]);
    assert.equal(JSON.parse(status.stdout).outcome, "complete");
    assert.equal((await asdic(["wait", "-n", namespace])).code, 0);
    const results = await asdic(["results", tarball]);
    assert.match(results.stdout, /smoke[\s\S]*passed/i);
    const junit = await asdic(["report", tarball, "--format", "junit"]);
    assert.match(junit.stdout, /<testcase/);
    const again = join(folder, "again.tar.gz");
    assert.equal((await asdic(["retrieve", "-n", namespace, "-o", again])).code, 0);
    assert.deepEqual(await readFile(again), await readFile(tarball));
    assert.equal((await asdic(["retrieve", "-n", namespace, "-x", "-o", join(folder, "extracted.tar.gz")])).code, 0);
    assert.ok(existsSync(join(folder, "extracted/meta/manifest.json")));
  });

  it("refuses a second run in the namespace and names the way out", async () => {
    const second = await asdic(["run", "-n", namespace]);
    assert.equal(second.code, 2);
    assert.match(second.stderr, new RegExp(`asdic delete .*${namespace}`));
  });
});
