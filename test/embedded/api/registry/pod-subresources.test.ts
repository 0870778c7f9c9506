import assert from "node:assert/strict";
import { test } from "node:test";
import { field, list } from "../../../../core/kubernetes/field.ts";
import { objectOf, openRegistry, refusalOf, type Registry } from "./open-registry.ts";

function openWithPod(metadata: object = {}): Registry & { readonly key: ReturnType<Registry["keyOf"]> } {
  const registry = openRegistry();
  const key = registry.keyOf("pods", "x");
  registry.api.create(key.type, objectOf("x", { spec: { terminationGracePeriodSeconds: 30 } }, { labels: { app: "web" }, ...metadata }));
  return { ...registry, key };
}

const success = { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success", code: 201 };

test("a binding puts the pod on its node, once", () => {
  const { api, key } = openWithPod();
  const bind = (target: object) => api.create(key.type, objectOf("x", { target }, { annotations: { a: "b" } }), { subresource: "binding" });
  assert.equal(refusalOf(() => bind({ kind: "Pod", name: "n1" })).message, 'target.kind: Unsupported value: "Pod": supported values: "Node", "<empty>"');
  assert.equal(refusalOf(() => bind({ name: "" })).message, "target.name: Required value");
  assert.deepEqual(bind({ kind: "Node", name: "n1" }), success);
  const { spec, status, metadata } = api.get(key);
  assert.deepEqual([spec, metadata.annotations, metadata["generation"]], [{ terminationGracePeriodSeconds: 30, nodeName: "n1" }, { a: "b" }, 1]);
  const scheduled = { type: "PodScheduled", status: "True", lastProbeTime: null, lastTransitionTime: "2026-05-04T08:30:00Z" };
  assert.deepEqual(status, { phase: "Pending", conditions: [scheduled], qosClass: "BestEffort" });
  assert.deepEqual(
    refusalOf(() => bind({ kind: "Node", name: "n2" })),
    {
      code: 409,
      reason: "Conflict",
      message: 'Operation cannot be fulfilled on pods/binding "x": pod x is already assigned to node "n1"',
      details: { name: "x", kind: "pods/binding" },
    },
  );
});

function openWithBudgets({ ready, budgets }: { readonly ready: boolean; readonly budgets: readonly object[] }) {
  const registry = openWithPod();
  const { api, key, typeOf, keyOf } = registry;
  const conditions = [{ type: "Ready", status: ready ? "True" : "False" }];
  api.modify(key, (pod) => ({ ...pod, spec: { ...(pod["spec"] as object), nodeName: "n1" } }));
  api.modify(key, (pod) => ({ ...pod, status: { phase: "Running", conditions } }), { subresource: "status" });
  for (const [index, status] of budgets.entries()) {
    api.create(typeOf("poddisruptionbudgets"), objectOf(`b${index}`, { spec: { selector: { matchLabels: { app: "web" } } } }));
    api.modify(keyOf("poddisruptionbudgets", `b${index}`), (budget) => ({ ...budget, status: { observedGeneration: 1, ...status } }), {
      subresource: "status",
    });
  }
  const evict = (options: object = {}, rest: object = {}) => api.create(key.type, objectOf("x", rest), { subresource: "eviction", ...options });
  return { ...registry, evict };
}

const refuse = (message: string, more: object = {}) => ({
  code: 429,
  reason: "TooManyRequests",
  message: "Cannot evict pod as it would violate the pod's disruption budget.",
  details: { causes: [{ reason: "DisruptionBudget", message }], ...more },
});

/** As Kubernetes 1.36 answered. */
const evictions: readonly (readonly [budget: string, ready: boolean, budgets: readonly object[], refusal: object | undefined])[] = [
  ["none", true, [], undefined],
  ["one that can spare it", true, [{ disruptionsAllowed: 1, desiredHealthy: 1, currentHealthy: 2 }], undefined],
  [
    "one that can't",
    true,
    [{ disruptionsAllowed: 0, desiredHealthy: 5, currentHealthy: 3 }],
    refuse("The disruption budget b0 needs 5 healthy pods and has 3 currently"),
  ],
  ["one that can't, but the pod is not ready", false, [{ disruptionsAllowed: 0, desiredHealthy: 3, currentHealthy: 3 }], undefined],
  [
    "one that nobody has looked at yet",
    true,
    [{ observedGeneration: 0 }],
    refuse("The disruption budget b0 is still being processed by the server.", { retryAfterSeconds: 10 }),
  ],
  [
    "two",
    true,
    [{ disruptionsAllowed: 1 }, { disruptionsAllowed: 1 }],
    {
      code: 500,
      reason: "",
      message: "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.",
      details: undefined,
    },
  ],
];

for (const [budget, ready, budgets, refusal] of evictions)
  test(`a pod with ${budget} as budget is ${refusal === undefined ? "evicted" : "not evicted"}`, () => {
    const { api, key, evict } = openWithBudgets({ ready, budgets });
    if (refusal === undefined) assert.deepEqual(evict({}, { deleteOptions: { gracePeriodSeconds: 5 } }), success);
    else
      assert.deepEqual(
        refusalOf(() => evict()),
        refusal,
      );
    assert.equal(api.get(key).metadata["deletionGracePeriodSeconds"], refusal === undefined ? 5 : undefined);
    const reasons = list(field(api.get(key), "status", "conditions")).map((condition) => field(condition, "reason"));
    assert.deepEqual(reasons, refusal === undefined ? [undefined, "EvictionByEvictionAPI"] : [undefined]);
  });

test("an eviction is counted in the budget, and a dry run is not", () => {
  const { api, keyOf, evict } = openWithBudgets({ ready: true, budgets: [{ disruptionsAllowed: 1, desiredHealthy: 1, currentHealthy: 2 }] });
  const statusOf = () => api.get(keyOf("poddisruptionbudgets", "b0"))["status"];
  const before = statusOf();
  evict({ dryRun: true });
  assert.deepEqual(statusOf(), before);
  evict();
  assert.deepEqual(statusOf(), { ...(before as object), disruptionsAllowed: 0, disruptedPods: { x: "2026-05-04T08:30:00Z" } });
});

test("a workload is scaled through its Scale", () => {
  const { api, typeOf, keyOf } = openRegistry();
  const key = keyOf("deployments", "x");
  api.create(typeOf("deployments"), objectOf("x", { spec: { replicas: 1, selector: { matchLabels: { app: "web" } } } }));
  const { uid, resourceVersion, creationTimestamp } = api.get(key).metadata;
  const scale = api.update(key, objectOf("x", { spec: { replicas: 3 } }), { subresource: "scale" });
  assert.deepEqual(
    [scale.kind, scale.apiVersion, scale["spec"], scale["status"]],
    ["Scale", "autoscaling/v1", { replicas: 3 }, { replicas: 0, selector: "app=web" }],
  );
  assert.deepEqual(scale.metadata, { name: "x", namespace: "shop", uid, resourceVersion: String(api.store.revision()), creationTimestamp });
  assert.equal(api.get(key).metadata["generation"], 2);
  const attempt = (replicas: number, metadata: object) =>
    refusalOf(() => api.update(key, objectOf("x", { spec: { replicas } }, metadata), { subresource: "scale" })).message;
  assert.equal(attempt(-1, {}), 'Scale.autoscaling "x" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0');
  assert.match(attempt(2, { resourceVersion }), /^Operation cannot be fulfilled on deployments\.apps "x": the object has been modified/);
});
