import assert from "node:assert/strict";
import { test } from "node:test";
import { impersonate } from "../../../../embedded/api/identity/impersonate.ts";
import type { Attributes } from "../../../../embedded/api/rights/authorizer.ts";
import { createAuthorizer } from "../../../../embedded/api/rights/create-authorizer.ts";
import { binding, role } from "../rights/roles.ts";
import { createStage } from "../stage.ts";

const { store, types } = createStage(
  role("helpdesk", undefined, [
    { apiGroups: [""], resources: ["users"], verbs: ["impersonate"], resourceNames: ["ann"] },
    { apiGroups: [""], resources: ["groups"], verbs: ["impersonate"], resourceNames: ["devs"] },
  ]),
  binding("helpdesk", undefined, { role: "ClusterRole/helpdesk", subjects: [{ kind: "User", name: "bob" }] }),
);
const attributes: Attributes = { verb: "list", group: "", resource: "pods", subresource: "", name: "", namespace: "" };
const admin = { name: "admin", groups: ["system:masters", "system:authenticated"] };
const bob = { name: "bob", groups: ["system:authenticated"] };

const act = (user: typeof bob, headers: { readonly [name: string]: string[] }, about: Partial<Attributes> = {}) =>
  impersonate({
    user,
    headers,
    authorizer: createAuthorizer(store, types),
    attributes: { ...attributes, ...about },
    type: about.path === undefined ? types.find("", "v1", "pods") : undefined,
  });

const taken: readonly (readonly [headers: { readonly [name: string]: string[] }, user: object])[] = [
  [{}, admin],
  [{ "impersonate-user": ["x"] }, { name: "x", groups: ["system:authenticated"] }],
  [
    { "impersonate-user": ["x"], "impersonate-group": ["g", "h"], "impersonate-uid": ["7"], "impersonate-extra-a%2fb": ["c", "d"] },
    { name: "x", uid: "7", groups: ["g", "h", "system:authenticated"], extra: { "a/b": ["c", "d"] } },
  ],
  [
    { "impersonate-user": ["system:serviceaccount:a:b"] },
    { name: "system:serviceaccount:a:b", groups: ["system:serviceaccounts", "system:serviceaccounts:a", "system:authenticated"] },
  ],
  [{ "impersonate-user": ["system:anonymous"] }, { name: "system:anonymous", groups: ["system:unauthenticated"] }],
];

for (const [headers, user] of taken) test(`an admin with ${JSON.stringify(headers)} acts so`, () => assert.deepEqual(act(admin, headers), user));

test("one with rights on some acts as those alone", () => {
  assert.equal(act(bob, { "impersonate-user": ["ann"], "impersonate-group": ["devs"] }).name, "ann");
  assert.throws(() => act(bob, { "impersonate-user": ["ann"], "impersonate-group": ["devs", "system:masters"] }), { code: 403 });
  assert.throws(() => act(bob, { "impersonate-user": ["root"] }), {
    code: 403,
    message: 'pods is forbidden: User "bob" cannot impersonate-on:user-info:list resource "pods" in API group "" at the cluster scope',
  });
  assert.throws(() => act(bob, { "impersonate-user": ["system:serviceaccount:a:b"] }), {
    message: 'pods is forbidden: User "bob" cannot impersonate-on:serviceaccount:list resource "pods" in API group "" at the cluster scope',
  });
  assert.throws(() => act(bob, { "impersonate-user": ["system:node:x"] }, { verb: "get", path: "/api" }), {
    message: 'forbidden: User "bob" cannot impersonate-on:arbitrary-node:get path "/api"',
  });
});

test("groups without a user are a mistake", () => {
  assert.throws(() => act(admin, { "impersonate-group": ["g"] }), {
    code: 400,
    message: 'requested &user.DefaultInfo{Name:"", UID:"", Groups:[]string{"g"}, Extra:map[string][]string(nil)} without impersonating a user name',
  });
});
