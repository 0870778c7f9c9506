import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { killContainer, untilLogged } from "../aggregator-pod.ts";
import { asdic, kubectl, pluginFile, readTarball, usePlace } from "../asdic.ts";

describe("an aggregator whose container dies", () => {
  const place = usePlace("restart");

  it("goes on from its journal: what was accepted is not asked for again, what was running still arrives", async () => {
    await asdic(["run", "-n", place.namespace, "-p", pluginFile("jobs/done-file.yaml"), "-p", pluginFile("jobs/done-again.yaml")]);
    await kubectl("wait", "-n", place.namespace, "--for=condition=Ready", "pod", "-l", "sonobuoy-component=aggregator", "--timeout=60s");
    // done-file needs about six seconds, done-again twice that.
    await killContainer(place.namespace, await untilLogged(place.namespace, /"result accepted","plugin":"done-file"/));
    const waited = await asdic(["wait", "-n", place.namespace]);
    assert.equal(waited.code, 0, waited.stdout + waited.stderr);
    await asdic(["retrieve", "-n", place.namespace, "-o", place.tarball]);
    const files = await readTarball(place.tarball);
    assert.equal(String(files.get("plugins/done-file/results/global/answer.txt")), "one file\n");
    assert.equal(String(files.get("plugins/done-again/results/global/second.txt")), "second\n");
    const starts = String(files.get("meta/run.log"))
      .split("\n")
      .filter((line) => line.includes("aggregator started"));
    assert.equal(starts.length, 2, "the container has started twice");
  });
});
