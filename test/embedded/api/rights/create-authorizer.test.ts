import assert from "node:assert/strict";
import { test } from "node:test";
import type { User } from "../../../../embedded/api/registry/api.ts";
import type { Attributes } from "../../../../embedded/api/rights/authorizer.ts";
import { explainDenial } from "../../../../embedded/api/rights/authorizer.ts";
import { buildBootstrapRights } from "../../../../embedded/api/rights/bootstrap-rights.ts";
import { createAuthorizer } from "../../../../embedded/api/rights/create-authorizer.ts";
import { createStage } from "../stage.ts";
import { binding, role } from "./roles.ts";

const { store, types } = createStage(
  ...buildBootstrapRights(),
  role("mgr", "ns", [{ apiGroups: [""], resources: ["pods", "pods/log"], verbs: ["get", "list"] }]),
  binding("mgr", "ns", {
    role: "Role/mgr",
    subjects: [
      { kind: "User", name: "bob" },
      { kind: "ServiceAccount", name: "default" },
    ],
  }),
  binding("dangling", "ns", { role: "ClusterRole/missing-one", subjects: [{ kind: "User", name: "eve" }] }),
  binding("dangling2", "ns", { role: "Role/missing-two", subjects: [{ kind: "User", name: "eve" }] }),
  binding("viewers", undefined, { role: "ClusterRole/view", subjects: [{ kind: "Group", name: "viewers" }] }),
);
const authorizer = createAuthorizer(store, types);

const asked = (verb: string, resource: string, more: Partial<Attributes> = {}): Attributes => ({
  verb,
  group: "",
  resource,
  subresource: "",
  name: "",
  namespace: "ns",
  ...more,
});
const user = (name: string, ...groups: readonly string[]): User => ({ name, groups: [...groups, "system:authenticated"] });
const allowed = (source: string) => ({ allowed: true, reason: source && `RBAC: allowed by ${source}` });
const denied = (reason = "") => ({ allowed: false, reason });
const missingBoth = 'RBAC: [clusterrole.rbac.authorization.k8s.io "missing-one" not found, role.rbac.authorization.k8s.io "missing-two" not found]';

const cases: readonly (readonly [user: User, attributes: Attributes, verdict: object])[] = [
  [user("bob"), asked("get", "pods"), allowed('RoleBinding "mgr/ns" of Role "mgr" to User "bob"')],
  [user("bob"), asked("get", "pods", { subresource: "log" }), allowed('RoleBinding "mgr/ns" of Role "mgr" to User "bob"')],
  [user("bob"), asked("create", "pods", { subresource: "exec" }), denied()],
  [user("bob"), asked("get", "pods", { namespace: "other" }), denied()],
  [user("bob"), asked("list", "pods", { namespace: "" }), denied()],
  [user("system:serviceaccount:ns:default"), asked("get", "pods"), allowed('RoleBinding "mgr/ns" of Role "mgr" to ServiceAccount "default/ns"')],
  [user("eve"), asked("get", "pods"), denied(missingBoth)],
  [user("ann", "viewers"), asked("list", "pods", { namespace: "" }), allowed('ClusterRoleBinding "viewers" of ClusterRole "view" to Group "viewers"')],
  [user("ann", "viewers"), asked("list", "secrets"), denied()],
  [user("root", "system:masters"), asked("delete", "nodes", { namespace: "" }), allowed("")],
  [user("system:node:w", "system:nodes"), asked("patch", "nodes", { subresource: "status", namespace: "" }), allowed("")],
  [user("system:node:w", "system:nodes"), asked("delete", "namespaces", { namespace: "" }), denied()],
  [
    user("bob"),
    asked("get", "", { path: "/healthz", namespace: "" }),
    allowed('ClusterRoleBinding "system:public-info-viewer" of ClusterRole "system:public-info-viewer" to Group "system:authenticated"'),
  ],
  [{ name: "system:anonymous", groups: ["system:unauthenticated"] }, asked("get", "", { path: "/api" }), denied()],
];

for (const [who, attributes, verdict] of cases) {
  const { path, verb, resource, subresource, namespace } = attributes;
  test(`${who.name}: ${verb} ${path ?? `${resource}/${subresource} in ${namespace}`}`, () => {
    const review = authorizer.review(who, attributes);
    // Two bindings say yes to the healthy paths; a real server takes either.
    if (path === "/healthz") assert.equal(review.allowed, true);
    else assert.deepEqual(review, verdict);
  });
}

const denials: readonly (readonly [attributes: Attributes, message: string])[] = [
  [asked("list", "pods"), 'User "bob" cannot list resource "pods" in API group "" in the namespace "ns"'],
  [asked("get", "pods", { subresource: "log", name: "x" }), 'User "bob" cannot get resource "pods/log" in API group "" in the namespace "ns"'],
  [asked("list", "nodes", { namespace: "" }), 'User "bob" cannot list resource "nodes" in API group "" at the cluster scope'],
  [asked("create", "deployments", { group: "apps" }), 'User "bob" cannot create resource "deployments" in API group "apps" in the namespace "ns"'],
  [asked("get", "", { path: "/foo" }), 'User "bob" cannot get path "/foo"'],
];

for (const [attributes, message] of denials) test(message, () => assert.equal(explainDenial(user("bob"), attributes, ""), message));

test("a denial tells what was wrong with the bindings", () => {
  assert.equal(
    explainDenial(user("eve"), asked("list", "pods"), missingBoth),
    `User "eve" cannot list resource "pods" in API group "" in the namespace "ns": ${missingBoth}`,
  );
});
