import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { assertGolden } from "../golden.ts";
import { pluginFile, renderTree, runToEnd, usePlace } from "./asdic.ts";

describe("order and sidecars", () => {
  const place = usePlace("order");
  let files: Map<string, Buffer>;
  before(async () => {
    ({ files } = await runToEnd(place, ["-p", pluginFile("order"), "-p", pluginFile("sidecar")]));
  });

  it("begins a group when the one before has delivered", () => {
    const read = (name: string): number => Number(String(files.get(name)).trim());
    assert.ok(read("plugins/group-1/results/global/end") <= read("plugins/group-2/results/global/begin"));
  });

  it("waits for a sidecar that takes the done file back and writes its own", () => {
    assertGolden("e2e/order/post-process.yaml", renderTree(files.get("plugins/post-process/sonobuoy_results.yaml")));
    assert.equal(files.has("plugins/post-process/results/global/raw.xml"), false);
  });
});
