import assert from "node:assert/strict";
import { test } from "node:test";
import { describePlan } from "../../../cli/run/describe-plan.ts";
import { planSecurityLevel } from "../../../cli/run/pod-security-level.ts";
import { builtInPlugins } from "../../../plugins/built-ins.ts";
import { definition, runPlan } from "../definitions.ts";

const ours = builtInPlugins.flatMap(({ names: [name], definition: build }) => (name === "conformance" ? [] : [build({ name })]));
const plain = definition();
const wide = definition({ name: "wide", driver: "DaemonSet" });

const levels: readonly (readonly [string, Parameters<typeof planSecurityLevel>[0], string])[] = [
  ["our own plugins", ours, "restricted"],
  ["a plain Sonobuoy file", [...ours, plain], "baseline"],
  ["a Sonobuoy DaemonSet without a pod spec", [plain, wide, ...ours], "privileged"],
  ["a volume of the host beside a pod spec", [definition({ podSpec: {}, extraVolumes: [{ name: "v", hostPath: { path: "/" } }] })], "privileged"],
  [
    "a sidecar with a capability",
    [definition({ podSpec: { containers: [{ name: "s", securityContext: { capabilities: { add: ["NET_ADMIN"] } } }] } })],
    "privileged",
  ],
];
for (const [what, definitions, level] of levels) test(`${what} needs the level ${level}`, () => assert.equal(planSecurityLevel(definitions).level, level));

test("nothing is said about a run that asks for nothing special", () => assert.deepEqual(describePlan(runPlan(ours), undefined), []));

test("it is said who runs with admin rights, and who needs more than the restricted level", () => {
  assert.deepEqual(describePlan(runPlan([...ours, plain, wide], { permissions: "admin" }), undefined), [
    "plain, wide run with admin rights in the whole cluster (--permissions admin).",
    "Pod Security level baseline instead of restricted for plain.",
    "Pod Security level privileged for wide: the pod uses hostNetwork; the pod uses hostPID; the pod uses hostIPC; and 1 more reasons.",
  ]);
});

test("a namespace that is there and too strict is told before the cluster refuses the pods", () => {
  const namespace = (level: string) => ({ metadata: { name: "asdic", labels: { "pod-security.kubernetes.io/enforce": level } } });
  assert.match(describePlan(runPlan([plain]), namespace("restricted")).at(-1) ?? "", /^The namespace asdic admits pods of level restricted only/);
  assert.equal(describePlan(runPlan([plain]), namespace("privileged")).length, 1);
  assert.equal(describePlan(runPlan([plain]), { metadata: { name: "asdic" } }).length, 1);
});

test("another level than is needed is for a namespace that the run makes", () => {
  const there = { metadata: { name: "asdic", labels: { "pod-security.kubernetes.io/enforce": "baseline" } } };
  const planned = { metadata: { name: "asdic", labels: { "pod-security.kubernetes.io/enforce": "privileged" } } };
  assert.deepEqual(describePlan(runPlan(ours), there, planned), [
    "The namespace asdic is there already and keeps its Pod Security level; privileged is only for one that the run makes.",
  ]);
  assert.deepEqual(describePlan(runPlan(ours), undefined, planned), []);
});
