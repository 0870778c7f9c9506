import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import { test } from "node:test";
import { field } from "../../../../core/kubernetes/field.ts";
import { startNamespaceFurnishing } from "../../../../embedded/api/identity/start-namespace-furnishing.ts";
import { openApi } from "../open-api.ts";

test("each namespace gets its default account and the root CA, keeps them, and loses them with itself", async (t) => {
  const stop = new AbortController();
  t.after(() => stop.abort());
  const { api, keyOf, type } = openApi();
  const named = (kind: string, name: string) => ({ apiVersion: "v1", kind, metadata: { name, namespace: "ns" } });
  const account = keyOf(named("ServiceAccount", "default"));
  const rootCa = keyOf(named("ConfigMap", "kube-root-ca.crt"));
  startNamespaceFurnishing({ api, caPem: "PEM", signal: stop.signal });
  const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "ns" } };
  api.create(type("v1", "Namespace"), namespace);
  await setImmediate();
  assert.ok(api.find(account));
  assert.equal(field(api.get(rootCa), "data", "ca.crt"), "PEM");

  api.delete(account);
  api.modify(rootCa, (old) => ({ ...old, data: { "ca.crt": "mine" } }));
  await setImmediate();
  assert.ok(api.find(account));
  assert.equal(field(api.get(rootCa), "data", "ca.crt"), "PEM");

  api.delete(keyOf(namespace));
  api.delete(account);
  await setImmediate();
  assert.equal(api.find(account), undefined);

  stop.abort();
  api.create(type("v1", "Namespace"), { ...namespace, metadata: { name: "late" } });
  await setImmediate();
  assert.equal(api.find({ ...account, namespace: "late" }), undefined);
});
