import assert from "node:assert/strict";
import { test } from "node:test";
import type { DeleteOptions } from "../../../../embedded/api/registry/api.ts";
import { objectOf, openRegistry, refusalOf } from "./open-registry.ts";

const running = { spec: { nodeName: "n1", terminationGracePeriodSeconds: 30 }, status: { phase: "Running" } };

/** A pod that a kubelet would run. */
function openWithPod(rest: { readonly spec: object; readonly status?: { readonly phase: string } } = running, metadata: object = {}) {
  const registry = openRegistry();
  const key = registry.keyOf("pods", "x");
  registry.api.create(key.type, objectOf("x", rest, metadata));
  const { status } = rest;
  if (status !== undefined) registry.api.modify(key, (pod) => ({ ...pod, status }), { subresource: "status" });
  const events: string[] = [];
  registry.api.store.listen(
    ({ type, object }) => events.push(`${type} ${String(object.metadata["deletionGracePeriodSeconds"])}`),
    new AbortController().signal,
  );
  return { ...registry, key, events };
}

const graces: readonly (readonly [
  which: string,
  rest: { readonly spec: object; readonly status?: { readonly phase: string } },
  metadata: object,
  options: DeleteOptions,
  gone: boolean,
  time: string,
  grace: number,
])[] = [
  ["a running pod", running, {}, {}, false, "2026-05-04T08:30:30Z", 30],
  ["a running pod, with its own seconds", running, {}, { gracePeriodSeconds: 7 }, false, "2026-05-04T08:30:07Z", 7],
  ["a running pod, with a negative number of seconds", running, {}, { gracePeriodSeconds: -1 }, false, "2026-05-04T08:30:01Z", 1],
  ["a running pod, at once", running, {}, { gracePeriodSeconds: 0 }, true, "2026-05-04T08:30:00Z", 0],
  ["a pod that no node has", { spec: { terminationGracePeriodSeconds: 30 } }, {}, {}, true, "2026-05-04T08:30:00Z", 0],
  ["a pod that has ended", { ...running, status: { phase: "Succeeded" } }, {}, {}, true, "2026-05-04T08:30:00Z", 0],
  ["a pod that is only shown", running, { annotations: { "embedded.asdic.dev/state": "declared" } }, {}, true, "2026-05-04T08:30:00Z", 0],
  ["a pod with a finalizer that no node has", { spec: {} }, { finalizers: ["a.b/c"] }, {}, false, "2026-05-04T08:30:00Z", 0],
];

for (const [which, rest, metadata, options, gone, time, grace] of graces)
  test(`${which} is ${gone ? "gone" : "marked"} with ${grace} seconds of grace`, () => {
    const { api, key, events } = openWithPod(rest, metadata);
    const deletion = api.delete(key, options);
    const { deletionTimestamp, deletionGracePeriodSeconds, generation } = deletion.object.metadata;
    assert.deepEqual([deletion.gone, deletionTimestamp, deletionGracePeriodSeconds, generation], [gone, time, grace, 2]);
    assert.equal(api.find(key) === undefined, gone);
    assert.deepEqual(events, gone ? [`MODIFIED ${grace}`, `DELETED ${grace}`] : [`MODIFIED ${grace}`]);
  });

test("a pod on its way can only be hurried", () => {
  const { api, key } = openWithPod();
  const first = api.delete(key, { gracePeriodSeconds: 15 }).object;
  assert.equal(api.delete(key, { gracePeriodSeconds: 18 }).object, first);
  assert.equal(api.delete(key).object, first);
  const { metadata } = api.delete(key, { gracePeriodSeconds: 9 }).object;
  assert.deepEqual([metadata.deletionTimestamp, metadata["deletionGracePeriodSeconds"], metadata["generation"]], ["2026-05-04T08:30:09Z", 9, 2]);
  assert.ok(api.delete(key, { gracePeriodSeconds: 0 }).gone);
});

const policies: readonly (readonly [plural: string, policy: DeleteOptions["propagationPolicy"], finalizers: readonly string[] | undefined])[] = [
  ["deployments", undefined, undefined],
  ["deployments", "Background", undefined],
  ["deployments", "Foreground", ["foregroundDeletion"]],
  ["deployments", "Orphan", ["orphan"]],
  ["jobs", undefined, ["orphan"]],
  ["jobs", "Background", undefined],
];

for (const [plural, policy, finalizers] of policies)
  test(`${plural} deleted with policy ${policy} ${finalizers ? `are held by ${finalizers.join()}` : "are gone"}`, () => {
    const { api, typeOf, keyOf } = openRegistry();
    api.create(typeOf(plural), objectOf("x"));
    const { gone, object } = api.delete(keyOf(plural, "x"), policy === undefined ? {} : { propagationPolicy: policy });
    assert.deepEqual([gone, object.metadata["finalizers"]], [finalizers === undefined, finalizers]);
  });

test("a later deletion may choose otherwise who looks after the dependents", () => {
  const { api, typeOf, keyOf } = openRegistry();
  api.create(typeOf("deployments"), objectOf("x"));
  api.delete(keyOf("deployments", "x"), { propagationPolicy: "Foreground" });
  const revision = api.store.revision();
  api.delete(keyOf("deployments", "x"));
  assert.equal(api.store.revision(), revision);
  assert.deepEqual(api.delete(keyOf("deployments", "x"), { propagationPolicy: "Orphan" }).object.metadata["finalizers"], ["orphan"]);
});

test("preconditions are kept, in the API server's words", () => {
  const { api, typeOf, keyOf } = openRegistry();
  const { metadata } = api.create(typeOf("configmaps"), objectOf("x"));
  const attempt = (preconditions: DeleteOptions["preconditions"] & object) => refusalOf(() => api.delete(keyOf("configmaps", "x"), { preconditions }));
  assert.deepEqual(attempt({ uid: "abc" }), {
    code: 409,
    reason: "Conflict",
    message: `Operation cannot be fulfilled on ConfigMap "x": the UID in the precondition (abc) does not match the UID in record (${metadata.uid}). The object might have been deleted and then recreated`,
    details: { name: "x", kind: "ConfigMap" },
  });
  assert.match(
    attempt({ resourceVersion: "1" }).message,
    /the ResourceVersion in the precondition \(1\) does not match the ResourceVersion in record \(\d+\)\. The object might have been modified$/,
  );
  assert.ok(api.delete(keyOf("configmaps", "x"), { preconditions: { uid: metadata.uid ?? "" } }).gone);
});

test("a namespace goes when nothing holds it any more", () => {
  const { api, typeOf, keyOf } = openRegistry();
  const key = keyOf("namespaces", "shop");
  const created = api.create(typeOf("namespaces"), objectOf("shop"));
  assert.deepEqual(created.metadata.labels, { "kubernetes.io/metadata.name": "shop" });
  assert.deepEqual([created["spec"], created.metadata.namespace], [{ finalizers: ["kubernetes"] }, undefined]);
  const { object, gone } = api.delete(key);
  assert.deepEqual([gone, object["status"], object.metadata.deletionTimestamp], [false, { phase: "Terminating" }, "2026-05-04T08:30:00Z"]);
  assert.equal(api.delete(key).gone, false);
  assert.equal(api.update(key, { ...object, spec: {} }), object);
  api.update(key, { ...object, spec: { finalizers: [] } }, { subresource: "finalize" });
  assert.equal(api.find(key), undefined);
});

test("a collection is deleted by selection, and given as it was", () => {
  const { api, typeOf } = openRegistry();
  for (const [name, labels] of [
    ["a", { app: "web" }],
    ["b", { app: "web" }],
    ["c", { app: "db" }],
  ] as const)
    api.create(typeOf("configmaps"), objectOf(name, {}, { labels }));
  const deleted = api.deleteCollection(typeOf("configmaps"), { namespace: "shop", labelSelector: "app=web" });
  assert.deepEqual(
    [deleted, api.list(typeOf("configmaps"))].map((objects) => objects.map(({ metadata }) => metadata.name)),
    [["a", "b"], ["c"]],
  );
});

test("a dry run deletes nothing", () => {
  const { api, key, events } = openWithPod();
  assert.deepEqual(api.delete(key, { dryRun: true, gracePeriodSeconds: 0 }).object.metadata["deletionGracePeriodSeconds"], 0);
  assert.deepEqual([events, api.get(key).metadata.deletionTimestamp], [[], undefined]);
});
