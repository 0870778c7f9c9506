import assert from "node:assert/strict";
import { test } from "node:test";
import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { objectOf, openRegistry, refusalOf } from "./open-registry.ts";

const modified = "the object has been modified; please apply your changes to the latest version and try again";

function openWith(plural: string, rest: object, metadata: object = {}) {
  const registry = openRegistry();
  const object = registry.api.create(registry.typeOf(plural), objectOf("x", rest, metadata));
  return { ...registry, object, key: registry.keyOf(plural, "x") };
}

const change = (object: KubernetesObject, rest: object, metadata: object = {}): KubernetesObject => ({
  ...object,
  ...rest,
  metadata: { ...object.metadata, ...metadata },
});

test("what changes nothing is not written", () => {
  const { api, key, object } = openWith("configmaps", { data: { a: "b" } });
  const before = api.store.revision();
  const same = api.update(key, objectOf("x", { data: { a: "b" } }, { creationTimestamp: "2001-01-01T00:00:00Z", generation: 9 }));
  assert.equal(same, object);
  assert.equal(api.store.revision(), before);
});

test("what the server alone writes stays", () => {
  const { api, key, object } = openWith("configmaps", { data: { a: "b" } });
  const { uid, creationTimestamp } = object.metadata;
  const { metadata } = api.update(key, objectOf("x", { data: { a: "c" } }, { creationTimestamp: "2001-01-01T00:00:00Z", generation: 9 }));
  assert.deepEqual(metadata, { name: "x", namespace: "shop", uid, creationTimestamp, resourceVersion: String(api.store.revision()) });
});

/** As Kubernetes 1.36 answered. */
const refused: readonly (readonly [why: string, metadata: object, code: number, reason: string, message: string])[] = [
  ["another version", { resourceVersion: "1" }, 409, "Conflict", `Operation cannot be fulfilled on configmaps "x": ${modified}`],
  ["a version that is no number", { resourceVersion: "abc" }, 500, "", 'strconv.ParseUint: parsing "abc": invalid syntax'],
  ["another name", { name: "y" }, 400, "BadRequest", "the name of the object (y) does not match the name on the URL (x)"],
  ["no name", { name: "" }, 400, "BadRequest", "the name of the object (x based on URL) was undeterminable: name must be provided"],
  ["another namespace", { namespace: "other" }, 400, "BadRequest", "the namespace of the provided object does not match the namespace sent on the request"],
  [
    "a deletionTimestamp",
    { deletionTimestamp: "2001-01-01T00:00:00Z" },
    422,
    "Invalid",
    'ConfigMap "x" is invalid: metadata.deletionTimestamp: Invalid value: "2001-01-01T00:00:00Z": field is immutable',
  ],
  [
    "a grace period",
    { deletionGracePeriodSeconds: 5 },
    422,
    "Invalid",
    'ConfigMap "x" is invalid: metadata.deletionGracePeriodSeconds: Invalid value: 5: field is immutable',
  ],
];

for (const [why, metadata, code, reason, message] of refused)
  test(`an update is refused for ${why}`, () => {
    const { api, key } = openWith("configmaps", {});
    const refusal = refusalOf(() => api.update(key, objectOf("x", { data: {} }, metadata)));
    assert.deepEqual([refusal.code, refusal.reason, refusal.message], [code, reason, message]);
  });

test("an update means the very object whose uid it names", () => {
  const { api, key, object } = openWith("configmaps", {});
  const { code, message } = refusalOf(() => api.update(key, objectOf("x", {}, { uid: "zzz" })));
  const path = "StorageError: invalid object, Code: 4, Key: /registry/configmaps/shop/x, ResourceVersion: 0";
  const why = `Precondition failed: UID in precondition: zzz, UID in object meta: ${object.metadata.uid}`;
  assert.deepEqual([code, message], [409, `Operation cannot be fulfilled on configmaps "x": ${path}, AdditionalErrorMsg: ${why}`]);
});

test("what is not there is not found", () => {
  const { api, keyOf } = openRegistry();
  for (const call of [() => api.get(keyOf("jobs", "x")), () => api.update(keyOf("jobs", "x"), objectOf("x")), () => api.delete(keyOf("jobs", "x"))])
    assert.deepEqual(refusalOf(call), {
      code: 404,
      reason: "NotFound",
      message: 'jobs.batch "x" not found',
      details: { name: "x", group: "batch", kind: "jobs" },
    });
});

const generations: readonly (readonly [what: string, plural: string, rest: object, metadata: object, generation: number | undefined])[] = [
  ["a spec", "deployments", { spec: { replicas: 3 } }, {}, 2],
  ["a Deployment's annotations", "deployments", {}, { annotations: { a: "b" } }, 2],
  ["labels", "deployments", {}, { labels: { a: "b" } }, 1],
  ["a ReplicaSet's annotations", "replicasets", {}, { annotations: { a: "b" } }, 1],
  ["an EndpointSlice's endpoints", "endpointslices", { endpoints: [{}] }, {}, 2],
  ["a ConfigMap's data", "configmaps", { data: { a: "b" } }, {}, undefined],
];

for (const [what, plural, rest, metadata, generation] of generations)
  test(`after a change of ${what} the generation is ${generation}`, () => {
    const { api, key, object } = openWith(plural, { spec: { replicas: 1 } });
    assert.equal(api.update(key, change(object, rest, metadata)).metadata["generation"], generation);
  });

test("the status changes through its subresource alone, and nothing else through that", () => {
  const { api, key, object } = openWith("deployments", { spec: { replicas: 1 } }, { labels: { a: "b" } });
  const changed = change(object, { spec: { replicas: 2 }, status: { replicas: 2 } }, { labels: { a: "c" }, resourceVersion: undefined });
  const own = api.update(key, changed);
  assert.deepEqual([own["spec"], own["status"], own.metadata.labels], [{ replicas: 2 }, {}, { a: "c" }]);
  const status = api.update(key, change(changed, { spec: { replicas: 3 } }, { labels: { a: "d" } }), { subresource: "status" });
  assert.deepEqual([status["spec"], status["status"], status.metadata.labels], [{ replicas: 2 }, { replicas: 2 }, { a: "c" }]);
  assert.equal(status.metadata["generation"], 2);
});

test("a pod's class of service and owners outlast what a kubelet writes", () => {
  const { api, key, object } = openWith("pods", { spec: { containers: [] } });
  const written = change(object, { status: { phase: "Running" } }, { ownerReferences: [{ apiVersion: "v1", kind: "Node", name: "n", uid: "u" }] });
  const pod = api.update(key, written, { subresource: "status" });
  assert.deepEqual([pod["status"], pod.metadata.ownerReferences], [{ phase: "Running", qosClass: "BestEffort" }, undefined]);
});

test("while an object is being deleted, no finalizer is added; with the last one it goes", () => {
  const { api, key } = openWith("configmaps", {}, { finalizers: ["a.b/c"] });
  const { object, gone } = api.delete(key);
  assert.deepEqual([gone, object.metadata.deletionTimestamp, object.metadata["deletionGracePeriodSeconds"]], [false, "2026-05-04T08:30:00Z", 0]);
  const { message, details } = refusalOf(() => api.update(key, change(object, {}, { finalizers: ["a.b/c", "a.b/d"] })));
  const why = 'metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{"a.b/d"}';
  assert.equal(message, `ConfigMap "x" is invalid: ${why}`);
  assert.equal((details as { causes: object[] }).causes.length, 2);
  assert.deepEqual(api.update(key, change(object, {}, { finalizers: [] })).metadata["finalizers"], []);
  assert.equal(api.find(key), undefined);
});

test("modify reads and writes in one, with no conflict", () => {
  const { api, key } = openWith("configmaps", { data: { count: "1" } });
  api.modify(key, (old) => ({ ...old, data: { count: "2" } }));
  assert.deepEqual(api.get(key)["data"], { count: "2" });
});

test("a dry run of an update stores nothing", () => {
  const { api, key, object } = openWith("configmaps", {});
  assert.deepEqual(api.update(key, change(object, { data: { a: "b" } }), { dryRun: true })["data"], { a: "b" });
  assert.equal(api.get(key), object);
});
