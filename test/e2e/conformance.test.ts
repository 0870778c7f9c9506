import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { kubectl, needsKernel, runToEnd, usePlace } from "./asdic.ts";
import type { Ended } from "./asdic.ts";

describe("the upstream suite", needsKernel("the suite's image can't be run there"), () => {
  const place = usePlace("conformance");
  let run: Ended;
  let files: Map<string, Buffer>;
  before(async () => {
    ({ run, files } = await runToEnd(place, ["-p", "e2e", "--mode", "quick", "--permissions", "admin"]));
  });

  it("runs the server's version of it in quick mode and passes", async () => {
    assert.equal(run.code, 0, run.stdout + run.stderr);
    const { gitVersion } = JSON.parse(await kubectl("get", "--raw", "/version"));
    assert.match(String(files.get("plugins/e2e/definition.json")), /registry\.k8s\.io\/conformance:/);
    assert.equal(JSON.parse(String(files.get("meta/manifest.json"))).serverVersion, gitVersion);
  });

  it("leaves the two files that a submission needs where Sonobuoy leaves them", () => {
    assert.match(String(files.get("plugins/e2e/results/global/e2e.log")), /Ran 1 of \d+ Specs/);
    assert.match(String(files.get("plugins/e2e/results/global/junit_01.xml")), /Pods should be submitted and removed/);
  });

  it("counts one passed test and the rest as skipped", () => {
    const status = JSON.parse(String(files.get("meta/status.json")));
    const { resultCounts } = status.plugins.find(({ name }: { name: string }) => name === "e2e");
    assert.ok(resultCounts.passed >= 1 && resultCounts.skipped > 1000 && (resultCounts.failed ?? 0) === 0, JSON.stringify(resultCounts));
  });
});
