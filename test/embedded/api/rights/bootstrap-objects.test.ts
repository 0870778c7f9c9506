import assert from "node:assert/strict";
import { test } from "node:test";
import { field, list } from "../../../../core/kubernetes/field.ts";
import { parsePolicyRules } from "../../../../core/kubernetes/rbac.ts";
import { buildBootstrapObjects } from "../../../../embedded/api/rights/bootstrap-objects.ts";
import { createAuthorizer } from "../../../../embedded/api/rights/create-authorizer.ts";
import { createStage } from "../stage.ts";
import { binding } from "./roles.ts";

const objects = buildBootstrapObjects({ apiServer: { address: "127.0.0.1", port: 6443 } });

test("a fresh cluster has each object once, of types that it serves, and every binding's role", () => {
  const { keyOf, store } = createStage(...objects);
  assert.equal(new Set(objects.map((object) => JSON.stringify(keyOf(object)))).size, objects.length);
  const roles = new Set(objects.filter(({ kind }) => kind === "ClusterRole").map(({ metadata }) => metadata.name));
  for (const object of objects.filter(({ kind }) => kind === "ClusterRoleBinding")) assert.ok(roles.has(String(field(object, "roleRef", "name"))));
  assert.ok(store.revision() > objects.length);
});

test("all rules of its roles say something", () => {
  for (const object of objects.filter(({ kind }) => kind === "ClusterRole")) {
    const rules = parsePolicyRules(object);
    assert.equal(rules.length, list(object["rules"]).length);
    for (const { verbs, apiGroups, resources, nonResourceURLs } of rules) {
      assert.ok(verbs.length > 0 && (nonResourceURLs.length > 0 || (apiGroups.length > 0 && resources.length > 0)), object.metadata.name);
      for (const word of [...verbs, ...resources, ...nonResourceURLs]) assert.match(word, /^\S+$/);
    }
  }
});

const rights: readonly (readonly [role: string, verb: string, resource: string, allowed: boolean])[] = [
  ["view", "list", "pods", true],
  ["view", "get", "secrets", false],
  ["view", "create", "pods", false],
  ["edit", "create", "pods", true],
  ["edit", "get", "secrets", true],
  ["edit", "create", "rolebindings.rbac.authorization.k8s.io", false],
  ["admin", "create", "rolebindings.rbac.authorization.k8s.io", true],
  ["admin", "update", "resourcequotas", false],
  ["cluster-admin", "delete", "nodes", true],
];

for (const [name, verb, plural, allowed] of rights) {
  test(`${name} ${allowed ? "may" : "may not"} ${verb} ${plural}`, () => {
    const { store, types } = createStage(...objects, binding("b", "ns", { role: `ClusterRole/${name}`, subjects: [{ kind: "User", name: "bob" }] }));
    const [resource = "", ...group] = plural.split(".");
    const review = createAuthorizer(store, types).review(
      { name: "bob", groups: [] },
      { verb, group: group.join("."), resource, subresource: "", name: "", namespace: "ns" },
    );
    assert.equal(review.allowed, allowed);
  });
}
