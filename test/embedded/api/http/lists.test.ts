import assert from "node:assert/strict";
import { test } from "node:test";
import { field, list } from "../../../../core/kubernetes/field.ts";
import type { Reply } from "./open-server.ts";
import { configMap, openServer } from "./open-server.ts";

const { api, server, call, type, keyOf } = await openServer();
const maps = "/api/v1/namespaces/space/configmaps";
const names = ({ body }: Reply): readonly unknown[] => list(body["items"]).map((item) => field(item, "metadata", "name"));
const meta = ({ body }: Reply, key: string): unknown => field(body, "metadata", key);
for (const name of ["a", "b", "c", "d", "e"]) api.create(type("v1", "ConfigMap"), configMap(name, {}, name < "c" ? { half: "first" } : {}));

test("pages are of one revision, whatever happens between them", async () => {
  const first = await call(`${maps}?limit=2`);
  assert.deepEqual([names(first), meta(first, "remainingItemCount")], [["a", "b"], 3]);
  api.delete(keyOf(configMap("c")));
  api.create(type("v1", "ConfigMap"), configMap("ca"));
  api.modify(keyOf(configMap("d")), (object) => ({ ...object, data: { new: "1" } }));
  const second = await call(`${maps}?limit=2&continue=${String(meta(first, "continue"))}`);
  assert.deepEqual([names(second), meta(second, "remainingItemCount")], [["c", "d"], 1]);
  assert.equal(meta(second, "resourceVersion"), meta(first, "resourceVersion"));
  assert.equal(field(second.body, "items", "1", "data"), undefined);
  const third = await call(`${maps}?limit=2&continue=${String(meta(second, "continue"))}`);
  assert.deepEqual([names(third), meta(third, "continue")], [["e"], undefined]);
  assert.deepEqual(names(await call(maps)), ["a", "b", "ca", "d", "e"]);
  const exact = await call(`${maps}?resourceVersion=${String(meta(first, "resourceVersion"))}&resourceVersionMatch=Exact`);
  assert.deepEqual(names(exact), ["a", "b", "c", "d", "e"]);
});

test("after a compaction, old pages are 410 with a token to go on with the newest state", async () => {
  const first = await call(`${maps}?limit=2`);
  api.modify(keyOf(configMap("e")), (object) => ({ ...object, data: { new: "1" } }));
  server.faults.compact();
  const gone = await call(`${maps}?limit=2&continue=${String(meta(first, "continue"))}`);
  assert.deepEqual([gone.code, gone.body["reason"]], [410, "Expired"]);
  assert.match(String(gone.body["message"]), /^The provided continue parameter is too old to display a consistent list result\./);
  assert.deepEqual(names(await call(`${maps}?continue=${String(meta(gone, "continue"))}`)), ["ca", "d", "e"]);
  const exact = await call(`${maps}?resourceVersion=${String(meta(first, "resourceVersion"))}&resourceVersionMatch=Exact`);
  assert.deepEqual([exact.code, exact.body["message"]], [410, "The resourceVersion for the provided list is too old."]);
});

test("selectors choose, and pages of a selection don't tell how many remain", async () => {
  assert.deepEqual(names(await call(`${maps}?labelSelector=half%3Dfirst`)), ["a", "b"]);
  assert.deepEqual(names(await call(`${maps}?fieldSelector=metadata.name%3Dd`)), ["d"]);
  const page = await call(`${maps}?labelSelector=half&limit=1`);
  assert.deepEqual([names(page), typeof meta(page, "continue"), meta(page, "remainingItemCount")], [["a"], "string", undefined]);
});

test("a list of any revision comes whole", async () => {
  const reply = await call(`${maps}?resourceVersion=0&limit=1`);
  assert.deepEqual([names(reply).length, meta(reply, "continue")], [5, undefined]);
});

test("items of a list do not repeat what they are", async () => {
  const { body } = await call(`${maps}?limit=1`);
  assert.deepEqual([body["kind"], body["apiVersion"], field(body, "items", "0", "kind")], ["ConfigMapList", "v1", undefined]);
});

test("metadata alone can be had, of one object and of many", async () => {
  const as = (kind: string) => ({ headers: { accept: `application/json;as=${kind};g=meta.k8s.io;v=v1` } });
  const many = await call(`${maps}?limit=1`, as("PartialObjectMetadataList"));
  assert.equal(many.body["kind"], "PartialObjectMetadataList");
  assert.deepEqual(Object.keys(field(many.body, "items", "0") ?? {}), ["kind", "apiVersion", "metadata"]);
  assert.equal((await call(`${maps}/a`, as("PartialObjectMetadata"))).body["kind"], "PartialObjectMetadata");
});

test("large answers are compressed for whoever reads that, small ones never", async () => {
  const gzip = { headers: { "accept-encoding": "gzip" } };
  const small = await call(`${maps}/a`, gzip);
  api.create(type("v1", "ConfigMap"), configMap("large", { text: "x".repeat(200_000) }));
  const large = await call(`${maps}/large`, gzip);
  assert.deepEqual([small.headers["content-encoding"], large.headers["content-encoding"]], [undefined, "gzip"]);
  assert.ok(Number(large.headers["content-length"]) < 10_000);
  assert.equal((await call(`${maps}/large`)).headers["content-encoding"], undefined);
});
