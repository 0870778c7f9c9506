import assert from "node:assert/strict";
import { test } from "node:test";
import { leftovers } from "../../../../cli/preflight/checks/leftovers.ts";
import { definition, runPlan } from "../../definitions.ts";
import { answerJson, startApiServer } from "../../../core/cluster/api-server.ts";
import { checkInput } from "../check-input.ts";

const role = (name: string, { home, owner }: { readonly home?: string; readonly owner?: string } = {}) => ({
  metadata: {
    name,
    labels: { "asdic.dev/run": "aaaa1111", ...(home !== undefined && { "asdic.dev/namespace": home }) },
    ...(owner !== undefined && { ownerReferences: [{ apiVersion: "v1", kind: "Namespace", name: owner, uid: "1" }] }),
  },
});
const named = (name: string, labels: Record<string, string> = {}, namespace?: string) => ({
  metadata: { name, labels, ...(namespace !== undefined && { namespace }) },
});

const cases: readonly {
  readonly of: string;
  readonly roles?: readonly object[];
  readonly namespaces?: readonly object[];
  readonly pods?: readonly object[];
  readonly says: readonly RegExp[];
}[] = [
  { of: "nothing", namespaces: [named("default")], says: [] },
  { of: "a run that is there", roles: [role("asdic:x:aggregator", { home: "x" })], namespaces: [named("x")], says: [] },
  { of: "a role that says no namespace", roles: [role("other")], says: [] },
  { of: "roles of the run's own namespace", roles: [role("asdic:asdic:aggregator", { owner: "asdic" }), role("asdic-asdic-old", { home: "asdic" })], says: [] },
  {
    of: "roles whose namespace is gone",
    roles: [role("asdic:x:aggregator", { owner: "x" }), role("asdic:y:aggregator", { home: "y" })],
    says: [/^warning Runs whose namespace is gone have left 2 ClusterRoles .*: asdic:x:aggregator, asdic:y:aggregator\. `asdic delete --all --dry-run`/],
  },
  {
    of: "a role of another namespace under the name of one of ours",
    roles: [role("asdic:asdic:aggregator", { home: "as" })],
    namespaces: [named("as")],
    says: [/^error The ClusterRole asdic:asdic:aggregator, .* belongs to a run in namespace as\. Use another --namespace/],
  },
  {
    of: "what a suite has left",
    namespaces: ["a", "b", "c", "d", "e", "f", "g"].map((letter) => named(`e2e-${letter}`, { "e2e-run": "1" })),
    says: [/^warning A conformance suite is running, or has left 7 namespaces: e2e-a, e2e-b, e2e-c, e2e-d, e2e-e and 2 more\./],
  },
  { of: "Sonobuoy at work", pods: [named("sonobuoy", {}, "heptio")], says: [/^warning Sonobuoy is running in namespace heptio\./] },
];

for (const { of, roles = [], namespaces = [], pods = [], says } of cases)
  test(`leftovers: ${of}`, async () => {
    const lists: { readonly [path: string]: readonly object[] } = {
      "/apis/rbac.authorization.k8s.io/v1/clusterroles": roles,
      "/api/v1/namespaces": namespaces,
      "/api/v1/pods": pods,
    };
    const { cluster } = await startApiServer(({ path }, response) => answerJson(response, { kind: "List", metadata: {}, items: lists[path] }));
    const { problems } = await leftovers.run({ ...checkInput(runPlan([definition()]), {}), cluster });
    const lines = problems.map(({ severity, sentence, fix }) => `${severity} ${sentence} ${fix}`);
    assert.equal(lines.length, says.length, lines.join("\n"));
    for (const [index, pattern] of says.entries()) assert.match(lines[index] ?? "", pattern);
  });
