import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import type { Cluster } from "../../../core/cluster/cluster.ts";
import { clusterFailure } from "../../../core/cluster/failure.ts";
import type { Received } from "./api-server.ts";
import { answerJson, recorded, replay, startApiServer } from "./api-server.ts";

let handle: (request: Received, response: ServerResponse) => void = () => undefined;
const { cluster, received } = await startApiServer((request, response) => handle(request, response));
const ref = { apiVersion: "v1", kind: "ConfigMap", name: "a", namespace: "asdic" };
const object = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a", namespace: "asdic" }, data: { x: "1" } };
const last = (): Received => {
  const request = received.at(-1);
  assert.ok(request);
  return request;
};

type Case = {
  readonly name: string;
  readonly act: (cluster: Cluster) => Promise<unknown>;
  readonly request: string;
  readonly contentType?: string;
  readonly body?: unknown;
};

const cases: readonly Case[] = [
  { name: "get", act: (c) => c.get(ref), request: "GET /api/v1/namespaces/asdic/configmaps/a" },
  {
    name: "create",
    act: (c) => c.create(object),
    request: "POST /api/v1/namespaces/asdic/configmaps?fieldManager=asdic",
    contentType: "application/json",
    body: object,
  },
  {
    name: "a dry run",
    act: (c) => c.create(object, { dryRun: true }),
    request: "POST /api/v1/namespaces/asdic/configmaps?fieldManager=asdic&dryRun=All",
    body: object,
  },
  {
    name: "apply",
    act: (c) => c.apply(object),
    request: "PATCH /api/v1/namespaces/asdic/configmaps/a?fieldManager=asdic&force=true",
    contentType: "application/apply-patch+yaml",
    body: object,
  },
  {
    name: "patch of a subresource",
    act: (c) => c.patch(ref, { data: { x: null } }, { subresource: "status" }),
    request: "PATCH /api/v1/namespaces/asdic/configmaps/a/status?fieldManager=asdic",
    contentType: "application/merge-patch+json",
    body: { data: { x: null } },
  },
  { name: "replace", act: (c) => c.replace(object), request: "PUT /api/v1/namespaces/asdic/configmaps/a?fieldManager=asdic", body: object },
  {
    name: "delete",
    act: (c) => c.delete(ref, { gracePeriodSeconds: 0, propagation: "Background", uid: "u" }),
    request: "DELETE /api/v1/namespaces/asdic/configmaps/a",
    body: { apiVersion: "v1", kind: "DeleteOptions", gracePeriodSeconds: 0, propagationPolicy: "Background", preconditions: { uid: "u" } },
  },
  {
    name: "create of a cluster-scoped object of a group",
    act: (c) => c.create({ apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole", metadata: { name: "r" } }),
    request: "POST /apis/rbac.authorization.k8s.io/v1/clusterroles?fieldManager=asdic",
  },
];

for (const { name, act, request, contentType, body } of cases)
  test(`${name} sends what the API expects, with the credentials`, async () => {
    handle = (_request, response) => answerJson(response, object);
    await act(cluster);
    const { method, path, query, headers, body: sent } = last();
    assert.equal(`${method} ${path}${query.size > 0 ? `?${query.toString()}` : ""}`, request);
    assert.equal(headers.authorization, "Bearer secret-token");
    if (contentType) assert.equal(headers["content-type"], contentType);
    if (body) assert.deepEqual(JSON.parse(sent), body);
  });

test("fields that this tool doesn't know stay as they came", async () => {
  const odd = { ...object, metadata: { ...object.metadata, odd: [1] }, spec: { new: { field: null } } };
  handle = (_request, response) => answerJson(response, odd);
  assert.deepEqual(await cluster.get(ref), odd);
});

test("find gives undefined for what is not there", async () => {
  handle = (_request, response) => replay(response, "not-found");
  assert.equal(await cluster.find(ref), undefined);
});

test("delete says whether the object was there", async () => {
  handle = (_request, response) => replay(response, "not-found");
  assert.equal(await cluster.delete(ref), false);
  handle = (_request, response) => answerJson(response, { kind: "Status", status: "Success" });
  assert.equal(await cluster.delete(ref), true);
});

test("delete by uid leaves another object of that name alone, and says that the one meant is gone", async () => {
  handle = (request, response) => {
    if (request.method === "DELETE") replay(response, "uid-conflict");
    else answerJson(response, { ...object, metadata: { ...object.metadata, uid: "other" } });
  };
  assert.equal(await cluster.delete(ref, { uid: "u" }), false);
});

test("delete by uid that conflicts for another reason is an error", async () => {
  handle = (request, response) => {
    if (request.method === "DELETE") replay(response, "uid-conflict");
    else answerJson(response, { ...object, metadata: { ...object.metadata, uid: "u" } });
  };
  await assert.rejects(cluster.delete(ref, { uid: "u" }), { code: "conflict" });
});

test("names that would change the path, unknown kinds and missing namespaces are bugs", async () => {
  for (const bad of [
    { ...ref, name: "" },
    { ...ref, name: ".." },
    { ...ref, name: "a/b" },
    { ...ref, namespace: "../x" },
    { ...ref, kind: "Thing" },
    { apiVersion: "v1", kind: "Pod", name: "p" },
  ])
    await assert.rejects(async () => cluster.get(bad), { name: "Error" });
});

test("a list comes in pages, and its items say their kind", async () => {
  handle = ({ query }, response) => {
    const start = Number(query.get("continue") ?? 0);
    const items = [start, start + 1].map((index) => ({ metadata: { name: `p${index}` } }));
    answerJson(response, { kind: "PodList", metadata: { resourceVersion: "9", ...(start < 4 && { continue: String(start + 2) }) }, items });
  };
  const begun = received.length;
  const pages = [];
  for await (const page of cluster.list({ apiVersion: "v1", kind: "Pod", labelSelector: "a=b,c", fieldSelector: "spec.nodeName=n" })) pages.push(page);
  assert.deepEqual(
    pages.map((page) => page.map(({ apiVersion, kind, metadata }) => `${apiVersion} ${kind} ${metadata.name}`)),
    [
      ["v1 Pod p0", "v1 Pod p1"],
      ["v1 Pod p2", "v1 Pod p3"],
      ["v1 Pod p4", "v1 Pod p5"],
    ],
  );
  assert.deepEqual(
    received
      .slice(begun)
      .map(({ path, query }) => `${path} ${query.get("limit")} ${query.get("labelSelector")} ${query.get("fieldSelector")} ${query.get("continue") ?? "-"}`),
    ["-", "2", "4"].map((token) => `/api/v1/pods 500 a=b,c spec.nodeName=n ${token}`),
  );
});

test("an empty list has no page", async () => {
  handle = (_request, response) => answerJson(response, { metadata: { resourceVersion: "1" }, items: [] });
  assert.equal((await cluster.list({ apiVersion: "v1", kind: "Pod" }).next()).done, true);
});

test("a list that the server forgets in the middle is a conflict, not a shorter list", async () => {
  handle = ({ query }, response) => replay(response, query.has("continue") ? "list-expired" : "list-page");
  const names: string[] = [];
  const read = async (): Promise<void> => {
    for await (const page of cluster.list({ apiVersion: "v1", kind: "ConfigMap", namespace: "kube-system" }))
      names.push(...page.map(({ metadata }) => metadata.name));
  };
  await assert.rejects(read(), (error) => clusterFailure(error)?.reason === "Expired");
  assert.deepEqual(names, ["coredns"]);
});

test("a compressed list is read", async () => {
  handle = ({ headers }, response) => {
    assert.match(String(headers["accept-encoding"]), /gzip/);
    response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(recorded["list-page"]?.body.replace(/"continue":"[^"]*",/, "") ?? ""));
  };
  const { value } = await cluster.list({ apiVersion: "v1", kind: "ConfigMap" }).next();
  assert.equal(value?.[0]?.metadata.name, "coredns");
});
