import assert from "node:assert/strict";
import { test } from "node:test";
import { buildBootstrapRights } from "../../../../embedded/api/rights/bootstrap-rights.ts";
import { binding, role } from "../rights/roles.ts";
import { createStage, home } from "../stage.ts";

const group = "rbac.authorization.k8s.io";
const podReader = [{ apiGroups: [""], resources: ["pods"], verbs: ["get", "list"] }];
const stage = createStage(
  ...home(),
  ...buildBootstrapRights(),
  role("writer", "ns", [{ apiGroups: [group], resources: ["roles", "rolebindings"], verbs: ["create", "update"] }, ...podReader]),
  binding("writer", "ns", { role: "Role/writer", subjects: [{ kind: "User", name: "bob" }] }),
  role("escalator", "ns", [{ apiGroups: [group], resources: ["roles"], verbs: ["*"] }]),
  binding("escalator", "ns", { role: "Role/escalator", subjects: [{ kind: "User", name: "eve" }] }),
);
const user = (name: string) => ({ user: { name, groups: ["system:authenticated"] } });
const secrets = [...podReader, { apiGroups: [""], resources: ["secrets"], verbs: ["get"] }];

test("what one has may be granted on", () => {
  assert.ok(stage.admit(role("r", "ns", podReader), user("bob")).object);
  assert.ok(stage.admit(binding("b", "ns", { role: "Role/writer", subjects: [] }), user("bob")).object);
});

test("what one doesn't have may not, in the API server's words", () => {
  const who = 'user "bob" (groups=["system:authenticated"]) is attempting to grant RBAC permissions not currently held:';
  const { refusal } = stage.admit(role("r", "ns", secrets), user("bob"));
  assert.equal(refusal?.message, `roles.rbac.authorization.k8s.io "r" is forbidden: ${who}\n{APIGroups:[""], Resources:["secrets"], Verbs:["get"]}`);
  assert.equal(
    stage.admit(binding("b", "ns", { role: "ClusterRole/cluster-admin", subjects: [] }), user("bob")).refusal?.message,
    `rolebindings.rbac.authorization.k8s.io "b" is forbidden: ${who}\n{APIGroups:["*"], Resources:["*"], Verbs:["*"]}\n{NonResourceURLs:["*"], Verbs:["*"]}`,
  );
});

test("a role that is missing can't be bound by those who may not bind all", () => {
  const missing = binding("b", "ns", { role: "ClusterRole/nope", subjects: [] });
  assert.equal(stage.admit(missing, user("bob")).refusal?.message, 'rolebindings.rbac.authorization.k8s.io "nope" not found');
  assert.ok(stage.admit(missing).object);
  assert.ok(stage.admit(binding("b", "ns", { role: "Role/nope", subjects: [] }), user("eve")).object);
});

test("who may escalate grants anything, and a change beside the rules is no grant", () => {
  assert.ok(stage.admit(role("r", "ns", secrets), user("eve")).object);
  const old = role("r", "ns", secrets);
  assert.ok(stage.admit({ ...old, metadata: { ...old.metadata, labels: { a: "b" } } }, { ...user("bob"), operation: "UPDATE", old }).object);
});
