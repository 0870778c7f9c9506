import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonObject } from "../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { planPlacement } from "../../../plugins/smoke/placement.ts";

const node = (name: string, change: { spec?: JsonObject; ready?: string; os?: string } = {}): KubernetesObject => ({
  apiVersion: "v1",
  kind: "Node",
  metadata: { name, labels: { "kubernetes.io/os": change.os ?? "linux" } },
  spec: change.spec ?? {},
  status: { conditions: [{ type: "Ready", status: change.ready ?? "True" }], nodeInfo: { operatingSystem: change.os ?? "linux" } },
});

const tainted = (name: string, effect: string) => node(name, { spec: { taints: [{ key: "team", value: "x", effect }] } });

test("server and client go to the first two nodes that take any pod", () => {
  const placement = planPlacement([tainted("a", "NoSchedule"), node("b"), node("c", { ready: "Unknown" }), node("d"), node("e")]);
  assert.deepEqual(placement, { kind: "two-nodes", server: "b", client: "d", others: ["a: has the taint team:NoSchedule", "c: is not Ready"] });
});

test("a node that keeps plain pods off is not used, whatever keeps them off", () => {
  const unfit: readonly [KubernetesObject, string][] = [
    [tainted("x", "NoExecute"), "has the taint team:NoExecute"],
    [node("x", { spec: { unschedulable: true } }), "is cordoned"],
    [node("x", { ready: "False" }), "is not Ready"],
    [node("x", { os: "windows" }), "is no Linux node"],
  ];
  for (const [bad, reason] of unfit)
    assert.deepEqual(planPlacement([bad, node("y")]), { kind: "one-node", server: "y", client: "y", others: [`x: ${reason}`] });
});

test("a taint that only advises keeps nothing off", () => {
  assert.equal(planPlacement([tainted("x", "PreferNoSchedule"), node("y")]).kind, "two-nodes");
});

test("without a node there is a reason for each", () => {
  assert.deepEqual(planPlacement([node("x", { ready: "False" })]), { kind: "no-node", reasons: ["x: is not Ready"] });
  assert.deepEqual(planPlacement([]), { kind: "no-node", reasons: [] });
});
