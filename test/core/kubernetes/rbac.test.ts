import assert from "node:assert/strict";
import { test } from "node:test";
import type { RightsQuestion } from "../../../core/kubernetes/rbac.ts";
import { findSubject, isGranted, parsePolicyRules } from "../../../core/kubernetes/rbac.ts";

const ask = (verb: string, group: string, full: string): RightsQuestion => {
  const [resource = "", name = ""] = full.split(" ");
  return { verb, group, resource, name };
};
const askPath = (verb: string, path: string): RightsQuestion => ({ verb, path });
const pods = { verbs: ["get", "list"], apiGroups: [""], resources: ["pods"] };

const cases: readonly (readonly [what: string, rule: object, question: RightsQuestion, granted: boolean])[] = [
  ["what the rule names", pods, ask("get", "", "pods"), true],
  ["another verb", pods, ask("delete", "", "pods"), false],
  ["another group", pods, ask("get", "apps", "pods"), false],
  ["another resource", pods, ask("get", "", "secrets"), false],
  ["a subresource of what is named", pods, ask("get", "", "pods/log"), false],
  ["a subresource that is named", { ...pods, resources: ["pods/log"] }, ask("get", "", "pods/log"), true],
  ["the object of a subresource that is named", { ...pods, resources: ["pods/log"] }, ask("get", "", "pods"), false],
  ["a subresource of anything", { ...pods, resources: ["*/scale"] }, ask("get", "", "x/scale"), true],
  ["another subresource of anything", { ...pods, resources: ["*/scale"] }, ask("get", "", "x/status"), false],
  ["everything", { verbs: ["*"], apiGroups: ["*"], resources: ["*"] }, ask("patch", "apps", "deployments/scale a"), true],
  ["a path, by a rule of resources", { verbs: ["*"], apiGroups: ["*"], resources: ["*"] }, askPath("get", "/healthz"), false],
  ["an object that is named", { ...pods, resourceNames: ["a"] }, ask("get", "", "pods a"), true],
  ["another object", { ...pods, resourceNames: ["a"] }, ask("get", "", "pods b"), false],
  ["a list, by a rule of one object", { ...pods, resourceNames: ["a"] }, ask("list", "", "pods"), false],
  ["a path", { verbs: ["get"], nonResourceURLs: ["/healthz"] }, askPath("get", "/healthz"), true],
  ["a path below it", { verbs: ["get"], nonResourceURLs: ["/healthz"] }, askPath("get", "/healthz/etcd"), false],
  ["a path below one with a star", { verbs: ["get"], nonResourceURLs: ["/healthz/*"] }, askPath("get", "/healthz/etcd"), true],
  ["all paths", { verbs: ["get"], nonResourceURLs: ["*"] }, askPath("get", "/x"), true],
];

for (const [what, rule, question, granted] of cases) {
  test(`a rule ${granted ? "grants" : "doesn't grant"} ${what}`, () => {
    const [parsed] = parsePolicyRules({ rules: [rule] });
    assert.ok(parsed);
    assert.equal(isGranted(parsed, question), granted);
  });
}

test("a binding is for users, groups and accounts, these in its own namespace if they name none", () => {
  const subjects = [
    { kind: "User", name: "bob" },
    { kind: "Group", name: "devs" },
    { kind: "ServiceAccount", name: "default" },
    { kind: "ServiceAccount", name: "ci", namespace: "other" },
  ];
  const find = (name: string, groups: readonly string[] = [], namespace?: string) => findSubject({ metadata: { namespace }, subjects }, { name, groups });
  assert.equal(find("bob"), 'User "bob"');
  assert.equal(find("eve", ["devs"]), 'Group "devs"');
  assert.equal(find("system:serviceaccount:ns:default", [], "ns"), 'ServiceAccount "default/ns"');
  assert.equal(find("system:serviceaccount:ns:default"), undefined);
  assert.equal(find("system:serviceaccount:other:ci", [], "ns"), 'ServiceAccount "ci/other"');
  assert.equal(find("devs"), undefined);
});

test("what is no role grants nothing", () => {
  for (const value of [undefined, null, 7, { rules: "x" }, { rules: [null, { verbs: "*", apiGroups: [7] }] }])
    assert.ok(parsePolicyRules(value).every((rule) => !isGranted(rule, ask("get", "", "pods"))));
});
