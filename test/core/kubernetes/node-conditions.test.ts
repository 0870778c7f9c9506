import assert from "node:assert/strict";
import { test } from "node:test";
import { isLinuxNode, isNodeReady } from "../../../core/kubernetes/node-conditions.ts";

const withReady = (status: string) => ({
  status: {
    conditions: [
      { type: "MemoryPressure", status: "True" },
      { type: "Ready", status },
    ],
  },
});

test("only a node whose condition Ready is True is ready", () => {
  assert.equal(isNodeReady(withReady("True")), true);
  for (const node of [withReady("False"), withReady("Unknown"), { status: { conditions: [{ type: "MemoryPressure", status: "True" }] } }, {}, null])
    assert.equal(isNodeReady(node), false);
});

test("a node's system comes from its label, else from its kubelet, else it counts as Linux", () => {
  const label = (system: string) => ({ metadata: { labels: { "kubernetes.io/os": system } } });
  const kubelet = (operatingSystem: string) => ({ status: { nodeInfo: { operatingSystem } } });
  assert.deepEqual(
    [label("linux"), label("windows"), kubelet("linux"), kubelet("windows"), { ...label("windows"), ...kubelet("linux") }, {}].map(isLinuxNode),
    [true, false, true, false, false, true],
  );
});
