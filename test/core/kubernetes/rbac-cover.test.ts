import assert from "node:assert/strict";
import { test } from "node:test";
import { missingRights } from "../../../core/kubernetes/rbac-cover.ts";
import { parsePolicyRules } from "../../../core/kubernetes/rbac.ts";

const rule = (verbs: string, groups: string, resources: string) => ({
  verbs: verbs.split(" "),
  apiGroups: groups.split(" ").map((group) => (group === "core" ? "" : group)),
  resources: resources.split(" "),
});
const missing = (wanted: readonly object[], held: readonly object[]) => missingRights(parsePolicyRules({ rules: wanted }), parsePolicyRules({ rules: held }));
const ofA = (all: object) => ({ ...all, resourceNames: ["a"] });

const cases: readonly (readonly [what: string, wanted: readonly object[], held: readonly object[], missing: readonly string[]])[] = [
  ["the same", [rule("get list", "core", "pods")], [rule("get list", "core", "pods")], []],
  ["the same in several rules", [rule("get list", "core", "pods secrets")], [rule("get", "core", "pods secrets"), rule("list", "core", "secrets pods")], []],
  ["one verb more", [rule("get list watch", "core", "pods")], [rule("get list", "core", "pods")], ['{APIGroups:[""], Resources:["pods"], Verbs:["watch"]}']],
  [
    "verbs of a resource in one line, lines sorted",
    [rule("get list", "core", "secrets"), ofA(rule("*", "apps", "deployments"))],
    [],
    ['{APIGroups:[""], Resources:["secrets"], Verbs:["get" "list"]}', '{APIGroups:["apps"], Resources:["deployments"], ResourceNames:["a"], Verbs:["*"]}'],
  ],
  ["one object of all", [ofA(rule("get", "core", "pods"))], [rule("get", "core", "pods")], []],
  ["all of one object", [rule("get", "core", "pods")], [ofA(rule("get", "core", "pods"))], ['{APIGroups:[""], Resources:["pods"], Verbs:["get"]}']],
  ["a subresource by a star", [rule("get", "core", "pods/status")], [rule("get", "core", "*/status")], []],
  ["everything by everything", [rule("*", "*", "*")], [rule("*", "*", "*")], []],
  ["everything by much", [rule("*", "*", "*")], [rule("*", "core apps", "*")], ['{APIGroups:["*"], Resources:["*"], Verbs:["*"]}']],
  [
    "paths, each verb by itself",
    [{ verbs: ["get", "post"], nonResourceURLs: ["/a"] }],
    [],
    ['{NonResourceURLs:["/a"], Verbs:["get"]}', '{NonResourceURLs:["/a"], Verbs:["post"]}'],
  ],
  ["a path below a held one", [{ verbs: ["get"], nonResourceURLs: ["/a/b"] }], [{ verbs: ["get"], nonResourceURLs: ["/a/*"] }], []],
];

for (const [what, wanted, held, expected] of cases) test(`missing of what is held: ${what}`, () => assert.deepEqual(missing(wanted, held), expected));
