import assert from "node:assert/strict";
import { test } from "node:test";
import { createStage, home } from "../stage.ts";

const map = (namespace: string) => ({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "b", namespace } });

test("nothing is written in a namespace that is not there", () => {
  const { refusal } = createStage().admit(map("nope"));
  assert.deepEqual([refusal?.code, refusal?.message, refusal?.details], [404, 'namespaces "nope" not found', { name: "nope", kind: "namespaces" }]);
});

test("nothing new is written in a namespace that is going, but what is there may change", () => {
  const going = { apiVersion: "v1", kind: "Namespace", metadata: { name: "t", deletionTimestamp: "2026-01-01T00:00:00Z" }, status: { phase: "Terminating" } };
  const stage = createStage(going);
  const { refusal } = stage.admit(map("t"));
  assert.equal(refusal?.message, 'configmaps "b" is forbidden: unable to create new content in namespace t because it is being terminated');
  assert.deepEqual(refusal.details, {
    name: "b",
    kind: "configmaps",
    causes: [{ reason: "NamespaceTerminating", message: "namespace t is being terminated", field: "metadata.namespace" }],
  });
  assert.ok(stage.admit(map("t"), { operation: "UPDATE", old: map("t") }).object);
  assert.ok(stage.admit(map("t"), { operation: "DELETE" }).object);
});

test("the namespaces that Kubernetes lives in can't be deleted", () => {
  const stage = createStage(...home());
  const remove = (name: string) => stage.admit({ apiVersion: "v1", kind: "Namespace", metadata: { name } }, { operation: "DELETE" }).refusal?.message;
  assert.equal(remove("kube-system"), 'namespaces "kube-system" is forbidden: this namespace may not be deleted');
  assert.equal(remove("ns"), undefined);
});
