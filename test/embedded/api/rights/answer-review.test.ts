import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonObject } from "../../../../core/contract/json.ts";
import type { User } from "../../../../embedded/api/registry/api.ts";
import { answerReview } from "../../../../embedded/api/rights/answer-review.ts";
import { createAuthorizer } from "../../../../embedded/api/rights/create-authorizer.ts";
import { createStage } from "../stage.ts";
import { binding, role } from "./roles.ts";

const { store, types } = createStage(
  role("mgr", "ns", [{ apiGroups: [""], resources: ["pods"], verbs: ["get"], resourceNames: ["a"] }]),
  binding("mgr", "ns", { role: "Role/mgr", subjects: [{ kind: "User", name: "bob" }] }),
  role("paths", undefined, [{ nonResourceURLs: ["/healthz"], verbs: ["get"] }]),
  binding("paths", undefined, { role: "ClusterRole/paths", subjects: [{ kind: "Group", name: "system:authenticated" }] }),
);
const bob: User = { name: "bob", groups: ["system:authenticated"] };
const shared = {
  authorizer: createAuthorizer(store, types),
  clock: { now: () => new Date("2026-01-01T00:00:00.5Z") },
  identity: {
    verifyToken: (token: string, audiences: readonly string[] = []) =>
      Promise.resolve(token === "good" ? { user: { ...bob, uid: "7", extra: { a: ["b"] } }, audiences } : { error: "invalid bearer token" }),
  },
};

function ask(kind: string, spec: JsonObject, namespace = "") {
  const type = types.ofKind(kind.startsWith("Token") || kind === "SelfSubjectReview" ? "authentication.k8s.io/v1" : "authorization.k8s.io/v1", kind);
  assert.ok(type);
  return answerReview({ ...shared, type, object: { spec }, namespace, user: bob });
}

const attributes = { verb: "get", resource: "pods", namespace: "ns", name: "a" };
const reason = 'RBAC: allowed by RoleBinding "mgr/ns" of Role "mgr" to User "bob"';

test("access reviews answer for oneself, for another, and in one namespace", async () => {
  assert.deepEqual(await ask("SelfSubjectAccessReview", { resourceAttributes: attributes }), {
    kind: "SelfSubjectAccessReview",
    apiVersion: "authorization.k8s.io/v1",
    metadata: {},
    spec: { resourceAttributes: attributes },
    status: { allowed: true, reason },
  });
  const other = await ask("SubjectAccessReview", { user: "eve", groups: ["g"], resourceAttributes: attributes });
  assert.deepEqual(other["status"], { allowed: false });
  const local = await ask("LocalSubjectAccessReview", { user: "bob", resourceAttributes: attributes }, "ns");
  assert.deepEqual([local.metadata, local["status"]], [{ namespace: "ns" }, { allowed: true, reason }]);
  const path = await ask("SelfSubjectAccessReview", { nonResourceAttributes: { path: "/healthz", verb: "get" } });
  assert.deepEqual(path["status"], {
    allowed: true,
    reason: 'RBAC: allowed by ClusterRoleBinding "paths" of ClusterRole "paths" to Group "system:authenticated"',
  });
});

test("one's rules, by namespace", async () => {
  assert.deepEqual((await ask("SelfSubjectRulesReview", { namespace: "ns" }))["status"], {
    resourceRules: [{ verbs: ["get"], apiGroups: [""], resources: ["pods"], resourceNames: ["a"] }],
    nonResourceRules: [{ verbs: ["get"], nonResourceURLs: ["/healthz"] }],
    incomplete: false,
  });
});

test("who a token is, and who one is oneself", async () => {
  assert.deepEqual((await ask("TokenReview", { token: "good", audiences: ["x"] }))["status"], {
    authenticated: true,
    user: { username: "bob", uid: "7", groups: ["system:authenticated"], extra: { a: ["b"] } },
    audiences: ["x"],
  });
  assert.deepEqual((await ask("TokenReview", { token: "x" }))["status"], { user: {}, error: "invalid bearer token" });
  const self = await ask("SelfSubjectReview", {});
  assert.deepEqual(
    [self.metadata, self["status"]],
    [{ creationTimestamp: "2026-01-01T00:00:00Z" }, { userInfo: { username: "bob", groups: ["system:authenticated"] } }],
  );
});

const mistakes: readonly (readonly [kind: string, spec: JsonObject, code: number, message: string])[] = [
  [
    "SelfSubjectAccessReview",
    {},
    422,
    '.authorization.k8s.io "" is invalid: spec.resourceAttributes: Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes must be specified',
  ],
  [
    "SelfSubjectAccessReview",
    { resourceAttributes: attributes, nonResourceAttributes: { path: "/healthz", verb: "get" } },
    422,
    '.authorization.k8s.io "" is invalid: spec.nonResourceAttributes: Invalid value: {"Path":"/healthz","Verb":"get"}: cannot be specified in combination with resourceAttributes',
  ],
  [
    "SubjectAccessReview",
    { resourceAttributes: attributes },
    422,
    '.authorization.k8s.io "" is invalid: spec.user: Invalid value: "": at least one of user or group must be specified',
  ],
  [
    "LocalSubjectAccessReview",
    { user: "bob", resourceAttributes: { ...attributes, namespace: "default" } },
    422,
    '.authorization.k8s.io "" is invalid: spec.resourceAttributes.namespace: Invalid value: "default": must match metadata.namespace',
  ],
  ["SelfSubjectRulesReview", {}, 400, "no namespace on request"],
  ["TokenReview", {}, 400, "token is required for TokenReview in authentication"],
];

for (const [kind, spec, code, message] of mistakes) {
  test(`${kind} of ${JSON.stringify(spec)} is refused`, async () => {
    await assert.rejects(ask(kind, spec, kind.startsWith("Local") ? "ns" : ""), { code, message });
  });
}
