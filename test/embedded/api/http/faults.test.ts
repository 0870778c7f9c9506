import assert from "node:assert/strict";
import { test } from "node:test";
import { field, text } from "../../../../core/kubernetes/field.ts";
import { configMap, openServer } from "./open-server.ts";

const { api, server, call, open, type, audits } = await openServer();
const { faults } = server;
const maps = "/api/v1/namespaces/space/configmaps";
api.create(type("v1", "ConfigMap"), configMap("a", { text: "x".repeat(50_000) }));

test("a verb can be denied whatever the roles say, to all or to one", async () => {
  faults.deny("delete", "configmaps");
  faults.deny("*", "secrets", "kubernetes-admin");
  faults.deny("get", "pods", "somebody-else");
  const { code, body } = await call(`${maps}/a`, { method: "DELETE" });
  const message = 'configmaps "a" is forbidden: User "kubernetes-admin" cannot delete resource "configmaps" in API group "" in the namespace "space"';
  assert.deepEqual([code, body["message"]], [403, message]);
  assert.equal((await call("/api/v1/secrets")).code, 403);
  assert.equal((await call("/api/v1/namespaces/space/pods/x")).code, 404);
  faults.clear();
  assert.equal((await call("/api/v1/secrets")).code, 200);
});

test("the server fails as often as it is told, for what it is told", async () => {
  faults.answer({ status: 429, retryAfterSeconds: 7, on: { path: "/configmaps", times: 1 } });
  faults.answer({ status: 500, on: { verb: "list", resource: "pods" } });
  faults.answer({ status: 503, on: { path: /^\/version/, user: "kubernetes-admin", times: 1 } });
  const busy = await call(maps);
  assert.deepEqual([busy.code, busy.headers["retry-after"], busy.text], [429, "7", "Too many requests, please try again later.\n"]);
  assert.equal((await call(maps)).code, 200);
  const failed = await call("/api/v1/pods");
  assert.deepEqual([failed.code, failed.body["message"]], [500, "etcdserver: request timed out"]);
  assert.equal((await call("/api/v1/namespaces/space/pods/x")).code, 404);
  assert.deepEqual([(await call("/version")).code, (await call("/version")).code], [503, 200]);
  faults.clear();
});

test("a connection ends without a word, and the next one is served", async () => {
  faults.disconnect({ path: "/configmaps", times: 1 });
  await assert.rejects(call(maps), { code: "ECONNRESET" });
  assert.equal((await call(maps)).code, 200);
});

test("an answer breaks off after so many bytes, its head included", async () => {
  faults.cutAfter(20_000, { resource: "configmaps", times: 1 });
  const response = await open(`${maps}/a`);
  const parts: Buffer[] = [];
  await assert.rejects(async () => {
    for await (const part of response) parts.push(part as Buffer);
  });
  const received = Buffer.concat(parts).length;
  assert.ok(received > 15_000 && received < 20_000, String(received));
  assert.equal((await call(`${maps}/a`)).code, 200);
});

test("a slow answer is whole, and is overtaken by those that come after it", async () => {
  api.create(type("v1", "ConfigMap"), configMap("slow", { text: "x".repeat(50_000) }));
  faults.slow(100_000, { path: "/configmaps/slow" });
  const order: string[] = [];
  const slow = call(`${maps}/slow`).then(({ body }) => order.push(`slow ${text(field(body, "data", "text")).length}`));
  await call(`${maps}/a`);
  order.push("fast");
  await slow;
  assert.deepEqual(order, ["fast", "slow 50000"]);
  faults.clear();
});

test("each request is told once it is answered", async () => {
  await call("/api/v1/namespaces/space/pods/none");
  // The next one is not begun before the last one is done.
  await call("/version");
  const told = audits.findLast(({ path }) => path.endsWith("/pods/none"));
  assert.deepEqual([told?.verb, told?.user, told?.code], ["get", "kubernetes-admin", 404]);
});
