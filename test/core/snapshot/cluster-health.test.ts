import assert from "node:assert/strict";
import { test } from "node:test";
import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { createHealthTally } from "../../../core/snapshot/cluster-health.ts";

const pod = (name: string, phase: string): KubernetesObject => ({ apiVersion: "v1", kind: "Pod", metadata: { name, namespace: "shop" }, status: { phase } });

test("everything is counted, and of what is not healthy a thousand are named", () => {
  const tally = createHealthTally();
  for (let index = 0; index < 1500; index++) tally.count("Pod", pod(`pod-${index}`, index % 10 === 0 ? "Running" : "Pending"));
  const { total_nodes, healthy_nodes, details } = tally.read("v1.36.3").pod_health;
  assert.deepEqual([total_nodes, healthy_nodes, details.length], [1500, 150, 1000]);
  assert.deepEqual(details[0], { name: "pod-1", healthy: false, ready: "Unknown", reason: "Pending", message: "", namespace: "shop" });
});
