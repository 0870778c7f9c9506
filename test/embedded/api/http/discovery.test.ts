import assert from "node:assert/strict";
import { test } from "node:test";
import { field, list } from "../../../../core/kubernetes/field.ts";
import { openServer } from "./open-server.ts";

const { server, call } = await openServer();
const aggregated = { headers: { accept: "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json" } };
const find = (items: unknown, key: string, value: string): unknown => list(items).find((item) => field(item, key) === value);

test("the version is the one of the lab's server", async () => {
  const { body } = await call("/version");
  assert.deepEqual([body["major"], body["minor"], body["gitVersion"]], ["1", "36", "v1.36.3"]);
});

test("each version lists its resources as the real server does", async () => {
  const { body } = await call("/apis/apps/v1");
  const { resources } = body;
  assert.deepEqual(find(resources, "name", "deployments"), {
    name: "deployments",
    singularName: "deployment",
    namespaced: true,
    kind: "Deployment",
    verbs: ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
    shortNames: ["deploy"],
    categories: ["all"],
    storageVersionHash: "8aSe+NMegvE=",
  });
  assert.deepEqual(find(resources, "name", "deployments/scale"), {
    name: "deployments/scale",
    singularName: "",
    namespaced: true,
    group: "autoscaling",
    version: "v1",
    kind: "Scale",
    verbs: ["get", "patch", "update"],
  });
  const core = (await call("/api/v1")).body["resources"];
  assert.equal(field(find(core, "name", "configmaps"), "storageVersionHash"), "qFsyl6wFWjQ=");
  assert.deepEqual(find(core, "name", "pods/eviction"), {
    name: "pods/eviction",
    singularName: "",
    namespaced: true,
    group: "policy",
    version: "v1",
    kind: "Eviction",
    verbs: ["create"],
  });
});

test("all of it can be had in one answer", async () => {
  const { headers, body } = await call("/apis", aggregated);
  assert.equal(headers["content-type"], "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList");
  const batch = list(body["items"]).find((item) => field(item, "metadata", "name") === "batch");
  assert.deepEqual(find(field(batch, "versions", "0", "resources"), "resource", "jobs"), {
    resource: "jobs",
    responseKind: { group: "", version: "", kind: "Job" },
    scope: "Namespaced",
    singularResource: "job",
    verbs: ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
    categories: ["all"],
    subresources: [{ subresource: "status", responseKind: { group: "", version: "", kind: "Job" }, verbs: ["get", "patch", "update"] }],
  });
  const [core] = list((await call("/api", aggregated)).body["items"]);
  assert.deepEqual(field(core, "metadata"), {});
});

test("an aggregated API whose server is away is there, and can't be had", async () => {
  server.faults.breakGroup("metrics.k8s.io");
  const groups = (await call("/apis")).body["groups"];
  assert.deepEqual(field(find(groups, "name", "metrics.k8s.io"), "preferredVersion"), { groupVersion: "metrics.k8s.io/v1beta1", version: "v1beta1" });
  for (const path of ["/apis/metrics.k8s.io/v1beta1", "/apis/metrics.k8s.io/v1beta1/nodes"]) {
    const { code, text } = await call(path);
    assert.deepEqual([code, text], [503, "service unavailable\n"]);
  }
  const stale = list((await call("/apis", aggregated)).body["items"]).at(-1);
  assert.deepEqual(stale, { metadata: { name: "metrics.k8s.io" }, versions: [{ version: "v1beta1", freshness: "Stale" }] });
  server.faults.clear();
  assert.equal((await call("/apis/metrics.k8s.io/v1beta1")).code, 404);
});

test("clients see that the server itself finds unknown fields", async () => {
  const index = field((await call("/openapi/v3")).body, "paths", "apis/apps/v1", "serverRelativeURL");
  const { body } = await call(String(index));
  const patch = field(body, "paths", "/apis/apps/v1/namespaces/{namespace}/deployments/{name}", "patch");
  assert.deepEqual(field(patch, "x-kubernetes-group-version-kind"), { group: "apps", kind: "Deployment", version: "v1" });
  assert.ok(list(field(patch, "parameters")).some((parameter) => field(parameter, "name") === "fieldValidation"));
});

test("health, keys and issuer are there for whoever may ask", async () => {
  for (const path of ["/readyz", "/livez", "/healthz", "/readyz/ping"]) assert.equal((await call(path)).text, "ok", path);
  assert.match((await call("/readyz?verbose")).text, /^\[\+\]ping ok\n(?:\[\+\][\w-]+ ok\n)+readyz check passed\n$/);
  assert.equal((await call("/livez", { anonymous: true })).code, 200);
  assert.equal((await call("/openid/v1/jwks", { anonymous: true })).code, 403);
  const { headers, body } = await call("/openid/v1/jwks");
  assert.equal(headers["content-type"], "application/jwk-set+json");
  assert.equal(list(body["keys"]).length, 1);
  assert.match(String((await call("/.well-known/openid-configuration")).body["jwks_uri"]), /\/openid\/v1\/jwks$/);
});
