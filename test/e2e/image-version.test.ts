import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { kubectl, needsKernel, pluginFile, runToEnd, usePlace } from "./asdic.ts";

describe("an image whose name has the server's version in it", needsKernel("the image is kube-proxy's, which can't be run there"), () => {
  const place = usePlace("image-version");

  it("is the one of the server's version", async () => {
    const { gitVersion } = JSON.parse(await kubectl("get", "--raw", "/version"));
    const { run, files } = await runToEnd(place, ["-p", pluginFile("image-version")]);
    assert.equal(run.code, 0, run.stdout + run.stderr);
    assert.equal(String(files.get("plugins/image-version/results/global/version.txt")), `Kubernetes ${gitVersion}\n`);
  });
});
