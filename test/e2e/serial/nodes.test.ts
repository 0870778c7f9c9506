import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { assertGolden } from "../../golden.ts";
import { kubectl, pluginFile, renderListing, renderTree, runToEnd, usePlace } from "../asdic.ts";
import type { Ended } from "../asdic.ts";

// Two runs at once on the nodes' own network have the same progress ports.
describe("DaemonSet plugins of Sonobuoy's format", () => {
  const place = usePlace("nodes");
  let run: Ended;
  let files: Map<string, Buffer>;
  let nodes: readonly string[];
  before(async () => {
    nodes = (await kubectl("get", "nodes", "-o", "jsonpath={.items[*].metadata.name}")).split(" ").toSorted();
    ({ run, files } = await runToEnd(place, ["-p", pluginFile("nodes")]));
  });
  const status = (): {
    results: { plugin: string; node: string; state: string; code?: string; progress?: { total: number; completed: number; msg: string } }[];
  } => JSON.parse(String(files.get("meta/status.json")));

  it("passes", () => assert.equal(run.code, 0, run.stdout + run.stderr));

  it("has the listing and the trees that are expected", () => {
    assertGolden("e2e/nodes/listing.txt", renderListing(files.keys(), place.namespace));
    for (const plugin of ["sleeps-for-ever", "progress-append", "no-control-plane"])
      assertGolden(`e2e/nodes/${plugin}.yaml`, renderTree(files.get(`plugins/${plugin}/sonobuoy_results.yaml`)));
  });

  it("ends plugins that sleep for ever, with a result of every node", () => {
    for (const node of nodes) assert.ok(files.has(`plugins/sleeps-for-ever/results/${node}/hostname.txt`), node);
  });

  it("adds progress up on each node, though both plugins are on the host's network", () => {
    const progress = status().results.filter(({ plugin }) => plugin === "progress-append");
    assert.deepEqual(
      progress
        .map((result) => [result.node, result.progress?.total, result.progress?.completed, result.progress?.msg])
        .toSorted(([a], [b]) => String(a).localeCompare(String(b))),
      nodes.map((node) => [node, 2, 2, "two"]),
    );
  });

  it("says which nodes it skipped for their taints, where the plugin's podSpec tolerates none", () => {
    const skipped = status().results.filter(({ plugin, state }) => plugin === "no-control-plane" && state === "skipped");
    assert.deepEqual(
      skipped.map(({ node, code }) => [node, code]),
      [["control-plane", "taint"]],
    );
  });
});
