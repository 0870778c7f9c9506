import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import { test } from "node:test";
import { startQuotaController } from "../../../../embedded/nodes/quota/start-quota-controller.ts";
import { openApi } from "../../api/open-api.ts";

test("a quota's status follows what is used of it", async (t) => {
  const stop = new AbortController();
  t.after(() => stop.abort());
  const { api, keyOf, type } = openApi();
  api.create(type("v1", "Namespace"), { apiVersion: "v1", kind: "Namespace", metadata: { name: "ns" } });
  startQuotaController({ api, clock: { now: () => new Date() }, signal: stop.signal });
  const quota = { apiVersion: "v1", kind: "ResourceQuota", metadata: { name: "q", namespace: "ns" }, spec: { hard: { configmaps: "5", "requests.cpu": "1" } } };
  api.create(type("v1", "ResourceQuota"), quota);
  const status = async () => {
    await setImmediate();
    await setImmediate();
    return api.get(keyOf(quota))["status"];
  };
  const used = (configmaps: string) => ({ hard: quota.spec.hard, used: { configmaps, "requests.cpu": "0" } });
  assert.deepEqual(await status(), used("0"));
  const map = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a", namespace: "ns" } };
  api.create(type("v1", "ConfigMap"), map);
  assert.deepEqual(await status(), used("1"));
  const { resourceVersion } = api.get(keyOf(quota)).metadata;
  api.delete(keyOf(map));
  assert.deepEqual(await status(), used("0"));
  assert.notEqual(api.get(keyOf(quota)).metadata.resourceVersion, resourceVersion);
});
