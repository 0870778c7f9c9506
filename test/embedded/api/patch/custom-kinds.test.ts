import assert from "node:assert/strict";
import { test } from "node:test";
import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { applyPatch } from "../../../../embedded/api/patch/apply-patch.ts";
import { trackFields } from "../../../../embedded/api/patch/track-fields.ts";
import type { ResourceType } from "../../../../embedded/api/resource-type.ts";
import { createSchema } from "../../../../embedded/api/schema/schema.ts";

const schema = createSchema();
const now = new Date("2026-01-02T03:04:05Z");
const type: ResourceType = {
  group: "example.com",
  version: "v1",
  kind: "Widget",
  plural: "widgets",
  singular: "widget",
  namespaced: true,
  shortNames: [],
  categories: [],
  subresources: ["status"],
  verbs: [],
};
const widget = (fields: object): KubernetesObject => ({ apiVersion: "example.com/v1", kind: "Widget", metadata: { name: "a" }, ...fields });

const apply = (current: KubernetesObject | undefined, fieldManager: string, fields: object): KubernetesObject =>
  applyPatch({ type, current, patch: { kind: "apply", body: widget(fields), force: false }, schema, fieldManager, now });

void test("apply merges a custom kind by its fields, and its lists as one", () => {
  const first = apply(undefined, "one", { spec: { a: 1, list: [1, 2], nested: { x: 1 } } });
  const second = apply(first, "two", { spec: { b: 2, nested: { y: 2 } } });
  assert.deepEqual(second["spec"], { a: 1, list: [1, 2], nested: { x: 1, y: 2 }, b: 2 });
  assert.throws(() => apply(second, "two", { spec: { list: [3] } }), { code: 409, message: 'Apply failed with 1 conflict: conflict with "one": .spec.list' });
  assert.deepEqual(apply(second, "one", { spec: { nested: { x: 1 } } })["spec"], { nested: { x: 1, y: 2 }, b: 2 });
});

void test("who writes the status manages it apart", () => {
  const old = trackFields({ type, old: undefined, object: widget({ spec: { a: 1 } }), schema, fieldManager: "one", now });
  const object = trackFields({ type, old, object: { ...old, status: { ready: true } }, schema, fieldManager: "one", now, subresource: "status" });
  const entry = { manager: "one", operation: "Update", apiVersion: "example.com/v1", time: "2026-01-02T03:04:05Z", fieldsType: "FieldsV1" };
  assert.deepEqual(object.metadata["managedFields"], [
    { ...entry, fieldsV1: { "f:spec": { ".": {}, "f:a": {} } } },
    { ...entry, fieldsV1: { "f:status": { ".": {}, "f:ready": {} } }, subresource: "status" },
  ]);
});

for (const kind of ["merge", "strategic", "apply"] as const)
  void test(`a ${kind} patch with a hostile key is a patch like any other`, () => {
    const body: KubernetesObject = JSON.parse(
      '{"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"a"},"spec":{"__proto__":{"polluted":true},"constructor":{"a":1}}}',
    );
    const current = widget({ spec: { a: 1 } });
    const patched = applyPatch({ type, current, patch: kind === "apply" ? { kind, body, force: false } : { kind, body }, schema, fieldManager: "one", now });
    assert.equal(JSON.stringify(patched["spec"]), '{"a":1,"__proto__":{"polluted":true},"constructor":{"a":1}}');
    assert.equal("polluted" in {}, false);
  });
