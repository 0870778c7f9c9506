import assert from "node:assert/strict";
import { test } from "node:test";
import type { Cluster } from "../../../core/cluster/cluster.ts";
import { clusterFailure } from "../../../core/cluster/failure.ts";
import { isKnownError } from "../../../core/contract/known-error.ts";
import { replay, startApiServer } from "./api-server.ts";

let answer = "";
const { cluster } = await startApiServer((_request, response) => replay(response, answer));

const configMap = { apiVersion: "v1", kind: "ConfigMap", name: "a", namespace: "asdic" };
const object = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a", namespace: "asdic" } };
const pod = { apiVersion: "v1", kind: "Pod", metadata: { name: "p", namespace: "asdic" } };

type Case = {
  readonly name: string;
  readonly answer: string;
  readonly act: (cluster: Cluster) => Promise<unknown>;
  readonly code: string;
  readonly sentence: string | RegExp;
  readonly hint?: RegExp;
  readonly failure: { readonly status: number; readonly reason: string };
};

const cases: readonly Case[] = [
  {
    name: "a creation that RBAC forbids names verb, resource and namespace",
    answer: "forbidden-create",
    act: (c) => c.create({ apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "a", namespace: "asdic" } }),
    code: "cluster-refused",
    sentence: `You may not create deployments in namespace "asdic".`,
    hint: /kubectl auth can-i create deployments\.apps --namespace asdic/,
    failure: { status: 403, reason: "Forbidden" },
  },
  {
    name: "a forbidden get names the object",
    answer: "forbidden-get",
    act: (c) => c.get(configMap),
    code: "cluster-refused",
    sentence: `You may not get ConfigMap "a" in namespace "asdic".`,
    failure: { status: 403, reason: "Forbidden" },
  },
  {
    name: "a forbidden list of cluster-scoped objects names no namespace",
    answer: "forbidden-list",
    act: async (c) => c.list({ apiVersion: "v1", kind: "Node" }).next(),
    code: "cluster-refused",
    sentence: "You may not list nodes.",
    failure: { status: 403, reason: "Forbidden" },
  },
  {
    name: "a forbidden list over all namespaces says so",
    answer: "forbidden-list",
    act: async (c) => c.list({ apiVersion: "v1", kind: "Pod" }).next(),
    code: "cluster-refused",
    sentence: "You may not list pods in all namespaces.",
    hint: /--all-namespaces/,
    failure: { status: 403, reason: "Forbidden" },
  },
  {
    name: "a refused change keeps the server's own words, because admission refuses alike",
    answer: "forbidden-patch",
    act: (c) => c.patch(configMap, {}),
    code: "cluster-refused",
    sentence: /^The cluster refused to patch ConfigMap "a" in namespace "asdic": configmaps "a" is forbidden: User /,
    failure: { status: 403, reason: "Forbidden" },
  },
  {
    name: "a pod that admission refuses is told with admission's reasons, not as a missing permission",
    answer: "pod-security",
    act: (c) => c.create(pod),
    code: "cluster-refused",
    sentence: /^The cluster refused to create Pod "p" in namespace "asdic": pods "p" is forbidden: violates PodSecurity .*seccompProfile.*\.$/,
    failure: { status: 403, reason: "Forbidden" },
  },
  {
    name: "credentials that are not accepted name who and how to go on",
    answer: "unauthorized",
    act: (c) => c.get(configMap),
    code: "credentials-expired",
    sentence: /^The API server http:\/\/127\.0\.0\.1:\d+ does not accept the credentials of user "jane" \(context "prod"\)\.$/,
    hint: /Log in again/,
    failure: { status: 401, reason: "Unauthorized" },
  },
  {
    name: "a missing object is named",
    answer: "not-found",
    act: (c) => c.get(configMap),
    code: "not-found",
    sentence: `There is no ConfigMap "a" in namespace "asdic".`,
    failure: { status: 404, reason: "NotFound" },
  },
  {
    name: "a missing namespace is told apart from a missing object",
    answer: "namespace-not-found",
    act: (c) => c.create(object),
    code: "not-found",
    sentence: `There is no namespace "nope".`,
    failure: { status: 404, reason: "NotFound" },
  },
  {
    name: "a kind that the server does not have is no missing object",
    answer: "unknown-group",
    act: (c) => c.find(configMap),
    code: "not-found",
    sentence: `The cluster does not know ConfigMap "a" in namespace "asdic": 404 page not found.`,
    failure: { status: 404, reason: "" },
  },
  {
    name: "an object that exists is a conflict",
    answer: "already-exists",
    act: (c) => c.create(object),
    code: "conflict",
    sentence: `ConfigMap "a" in namespace "asdic" exists already.`,
    failure: { status: 409, reason: "AlreadyExists" },
  },
  {
    name: "an object that changed meanwhile is a conflict",
    answer: "conflict",
    act: (c) => c.replace(object),
    code: "conflict",
    sentence: /could not be changed: .*the object has been modified/,
    failure: { status: 409, reason: "Conflict" },
  },
  {
    name: "an invalid object is told with its fields",
    answer: "invalid",
    act: (c) => c.create(pod),
    code: "cluster-refused",
    sentence: `The cluster refused to create Pod "p" in namespace "asdic": Pod "p" is invalid: spec.containers: Required value.`,
    failure: { status: 422, reason: "Invalid" },
  },
];

for (const { name, act, code, sentence, hint, failure, ...rest } of cases)
  test(name, async () => {
    ({ answer } = rest);
    await assert.rejects(act(cluster), (error) => {
      assert.ok(isKnownError(error));
      assert.equal(error.code, code);
      if (typeof sentence === "string") assert.equal(error.message, sentence);
      else assert.match(error.message, sentence);
      if (hint) assert.match(error.hint ?? "", hint);
      const { message, ...found } = clusterFailure(error) ?? {};
      assert.deepEqual(found, failure);
      assert.ok(message);
      return true;
    });
  });

test("an error of another origin has no failure of a cluster", () => {
  assert.equal(clusterFailure(new Error("x")), undefined);
  assert.equal(clusterFailure(undefined), undefined);
});
