import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonObject } from "../../../../core/contract/json.ts";
import type { WriteOptions } from "../../../../embedded/api/registry/api.ts";
import { field, list, text } from "../../../../core/kubernetes/field.ts";
import { objectOf, openRegistry, refusalOf } from "./open-registry.ts";

function openWithDeployment() {
  const { api, typeOf, keyOf } = openRegistry();
  const key = keyOf("deployments", "x");
  api.create(typeOf("deployments"), objectOf("x", { spec: { replicas: 1, selector: { matchLabels: { app: "web" } } } }));
  const merge = (body: JsonObject, options: WriteOptions = {}) => api.patch(key, { kind: "merge", body }, options);
  return { api, keyOf, key, merge };
}

test("a patch changes what it names, as an update would", () => {
  const { api, key, merge } = openWithDeployment();
  const patched = merge({ spec: { replicas: 2 }, status: { replicas: 9 } });
  assert.deepEqual(patched["spec"], { replicas: 2, selector: { matchLabels: { app: "web" } } });
  assert.deepEqual([patched.metadata["generation"], patched["status"], api.get(key)], [2, {}, patched]);
});

/** As Kubernetes 1.36 answered. */
const refused: readonly (readonly [body: JsonObject, code: number, message: string])[] = [
  [{ metadata: { name: "y" } }, 400, "the name of the object (y) does not match the name on the URL (x)"],
  [{ metadata: { namespace: "other" } }, 400, "the namespace of the provided object does not match the namespace sent on the request"],
  [{ metadata: { uid: "1" } }, 422, 'Deployment.apps "x" is invalid: metadata.uid: Invalid value: "1": field is immutable'],
  [
    { metadata: { resourceVersion: "1" }, spec: { replicas: 5 } },
    409,
    'Operation cannot be fulfilled on deployments.apps "x": the object has been modified; please apply your changes to the latest version and try again',
  ],
];

for (const [body, code, message] of refused)
  test(`the patch ${JSON.stringify(body)} is refused with ${code}`, () => {
    const { merge } = openWithDeployment();
    const refusal = refusalOf(() => merge(body));
    assert.deepEqual([refusal.code, refusal.message], [code, message]);
  });

test("fields that the type does not know are refused as the server refuses them in patches", () => {
  const { merge } = openWithDeployment();
  const { code, message } = refusalOf(() => merge({ unknown: 1 }, { fieldValidation: "Strict" }));
  assert.equal(code, 422);
  assert.match(
    message,
    /^ "" is invalid: patch: Invalid value: "\{\\"apiVersion\\":\\"apps\/v1\\",\\"kind\\":.*\}": strict decoding error: unknown field "unknown"$/,
  );
});

test("only an apply makes what is not there", () => {
  const { api, keyOf, merge, key } = openWithDeployment();
  const missing = keyOf("configmaps", "x");
  const body = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "x" }, data: { a: "b" } };
  assert.equal(refusalOf(() => api.patch(missing, { kind: "merge", body })).code, 404);
  const created = api.patch(missing, { kind: "apply", body, force: false }, { fieldManager: "me" });
  assert.deepEqual([created.metadata.namespace, created["data"]], ["shop", { a: "b" }]);
  assert.equal(api.get(missing), created);
  const before = api.store.revision();
  merge({ spec: { replicas: 3 } }, { dryRun: true });
  assert.deepEqual([api.store.revision(), api.get(key).metadata["generation"]], [before, 1]);
});

test("a Scale is patched like the object that it is", () => {
  const { merge, key, api } = openWithDeployment();
  assert.deepEqual(merge({ spec: { replicas: 4 } }, { subresource: "scale" })["spec"], { replicas: 4 });
  assert.deepEqual(api.get(key)["spec"], { replicas: 4, selector: { matchLabels: { app: "web" } } });
});

test("who writes under a name is noted with the fields that it wrote, and writing the same again is not", () => {
  const { api, typeOf, keyOf } = openRegistry();
  const key = keyOf("configmaps", "x");
  const managers = () => list(api.get(key).metadata["managedFields"]).map((entry) => `${text(field(entry, "manager"))} ${text(field(entry, "operation"))}`);
  api.create(typeOf("configmaps"), objectOf("x", { data: { a: "1" } }), { fieldManager: "maker" });
  api.patch(
    key,
    { kind: "apply", body: { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "x" }, data: { b: "1" } }, force: false },
    { fieldManager: "applier" },
  );
  const before = api.store.revision();
  api.update(key, objectOf("x", { data: { a: "1", b: "1" } }), { fieldManager: "other" });
  assert.equal(api.store.revision(), before);
  assert.deepEqual(managers(), ["applier Apply", "maker Update"]);
  api.modify(key, (old) => ({ ...old, data: { a: "1", b: "2" } }));
  assert.equal(managers().length, 2);
});
