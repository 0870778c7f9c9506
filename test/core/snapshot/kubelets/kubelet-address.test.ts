import assert from "node:assert/strict";
import { test } from "node:test";
import { readKubeletAddress } from "../../../../core/snapshot/kubelets/kubelet-address.ts";

const node = (addresses: readonly object[], port?: unknown): Parameters<typeof readKubeletAddress>[0] => ({
  apiVersion: "v1",
  kind: "Node",
  metadata: { name: "a" },
  status: { addresses, ...(port !== undefined && { daemonEndpoints: { kubeletEndpoint: { Port: port } } }) } as never,
});
const internal = (address: string): object => ({ type: "InternalIP", address });

test("a kubelet listens at its node's first internal address, where that is one", () => {
  const outside = { type: "ExternalIP", address: "192.0.2.1" };
  assert.deepEqual(readKubeletAddress(node([outside, internal("10.0.0.1"), internal("fd00::1")])), { host: "10.0.0.1", port: 10_250 });
  assert.deepEqual(readKubeletAddress(node([internal("fd00::1")], 10_255)), { host: "fd00::1", port: 10_255 });
  for (const wrong of [node([]), node([outside]), node([internal("a.example.test")]), node([internal("10.0.0.1")], "x"), node([internal("10.0.0.1")], 65_536)])
    assert.equal(readKubeletAddress(wrong), undefined);
});
