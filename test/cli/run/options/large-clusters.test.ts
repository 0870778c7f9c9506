import assert from "node:assert/strict";
import { test } from "node:test";
import { parseLargeCluster, type LargeClusterFlags } from "../../../../cli/run/options/large-clusters.ts";
import { parseAll, refusal } from "./parse.ts";

const parse = (flags: LargeClusterFlags) => parseAll(parseLargeCluster, flags);

const taken: readonly (readonly [LargeClusterFlags, ReturnType<typeof parse>])[] = [
  [{}, {}],
  [{ maxNodesAtOnce: "50" }, { maxNodesAtOnce: 50 }],
  [{ storageClass: "default" }, { storage: { className: undefined, size: "10Gi" } }],
  [{ storageClass: "fast.ssd", storageSize: "500Mi" }, { storage: { className: "fast.ssd", size: "500Mi" } }],
  [{ storageClass: "fast", storageSize: "1.5K" }, { storage: { className: "fast", size: "1500" } }],
];
for (const [flags, means] of taken) test(`${JSON.stringify(flags)} is understood`, () => assert.deepEqual(parse(flags), means));

const refused: readonly (readonly [LargeClusterFlags, RegExp])[] = [
  [{ maxNodesAtOnce: "0" }, /^--max-nodes-at-once 0: is no number of nodes\.\nGive a whole number from 1 on/],
  [{ maxNodesAtOnce: "1.5" }, /is no number of nodes/],
  [{ maxNodesAtOnce: "-3" }, /is no number of nodes/],
  [{ storageClass: "Fast" }, /^--storage-class Fast: is no name of a StorageClass/],
  [{ storageClass: "fast", storageSize: "large" }, /^--storage-size large: is no size/],
  [{ storageSize: "10Gi" }, /^--storage-size 10Gi: is of a volume, and none is asked for\.\nAdd --storage-class/],
];
for (const [flags, says] of refused)
  test(`${JSON.stringify(flags)} is refused`, () =>
    assert.match(
      refusal(() => parse(flags)),
      says,
    ));
