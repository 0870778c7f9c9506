import assert from "node:assert/strict";
import { test } from "node:test";
import { parseRequestInfo } from "../../../../embedded/api/http/parse-request-info.ts";
import { StatusError } from "../../../../embedded/api/status-error.ts";

const core = { kind: "resource", group: "", version: "v1", subresource: "", rest: "", name: "", namedBySelector: "" };

const requests = {
  "GET /api/v1/pods": { ...core, verb: "list", namespace: "", resource: "pods" },
  "GET /api/v1/namespaces/a/pods/": { ...core, verb: "list", namespace: "a", resource: "pods" },
  "GET /api/v1/namespaces/a/pods?watch=1": { ...core, verb: "watch", namespace: "a", resource: "pods" },
  "GET /api/v1/namespaces/a/pods?watch=false": { ...core, verb: "list", namespace: "a", resource: "pods" },
  "GET /api/v1/watch/namespaces/a/pods": { ...core, verb: "watch", namespace: "a", resource: "pods" },
  "GET /api/v1/namespaces/a/pods/b?watch=1": { ...core, verb: "get", namespace: "a", resource: "pods", name: "b", namedBySelector: "b" },
  "GET /api/v1/pods?fieldSelector=a=b,metadata.name=c": { ...core, verb: "list", namespace: "", resource: "pods", namedBySelector: "c" },
  "GET /api/v1/namespaces": { ...core, verb: "list", namespace: "", resource: "namespaces" },
  "GET /api/v1/namespaces/a": { ...core, verb: "get", namespace: "a", resource: "namespaces", name: "a", namedBySelector: "a" },
  "PUT /api/v1/namespaces/a/finalize": {
    ...core,
    verb: "update",
    namespace: "a",
    resource: "namespaces",
    name: "a",
    subresource: "finalize",
    namedBySelector: "a",
  },
  "DELETE /apis/apps/v1/namespaces/a/deployments": { ...core, verb: "deletecollection", group: "apps", namespace: "a", resource: "deployments" },
  "POST /api/v1/namespaces/a/services/https:b:1/proxy/c%2Fd//e/?f": {
    ...core,
    verb: "create",
    namespace: "a",
    resource: "services",
    name: "https:b:1",
    namedBySelector: "https:b:1",
    subresource: "proxy",
    rest: "/c%2Fd//e/",
  },
  "FOO /api/v1/pods": { ...core, verb: "", namespace: "", resource: "pods" },
  "GET /": { kind: "path", verb: "get", path: "/" },
  "GET /apis/apps/v1": { kind: "path", verb: "get", path: "/apis/apps/v1" },
  "POST /api/v1/": { kind: "path", verb: "post", path: "/api/v1/" },
  "GET /healthz/etcd": { kind: "path", verb: "get", path: "/healthz/etcd" },
} as const;

test("method, path and query say what is asked", () => {
  for (const [line, expected] of Object.entries(requests)) {
    const [method = "", target = ""] = line.split(" ");
    const [path = "", query = ""] = target.split("?");
    assert.deepEqual(parseRequestInfo(method, path, new URLSearchParams(query)), expected, line);
  }
});

test("a path that can't be decoded is a bad request", () => {
  assert.throws(
    () => parseRequestInfo("GET", "/api/v1/pods/%zz", new URLSearchParams()),
    (error) => error instanceof StatusError && error.code === 400,
  );
});
