import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { judgePod, renderViolations } from "../../../../embedded/api/admission/pod-security/judge-pod.ts";
import { podSecurityCases } from "../../../core/kubernetes/pod-security-cases.ts";
import { createStage, home, pod } from "../stage.ts";

/** What Kubernetes v1.36.3 said to each pod, in a namespace that enforces that level; "" where it took it. */
type Recorded = { readonly name: string; readonly spec?: object; readonly baseline: string; readonly restricted: string };
const recorded = JSON.parse(readFileSync("test/fixtures/embedded/pod-security-messages.json", "utf8")) as readonly Recorded[];

for (const { name, spec = podSecurityCases.find((known) => known.name === name)?.spec, ...said } of recorded) {
  test(`${name}: the API server's own words`, () => {
    for (const level of ["baseline", "restricted"] as const) assert.equal(renderViolations(judgePod(spec, level)), said[level]);
  });
}

const label = "pod-security.kubernetes.io";
const lacks =
  'allowPrivilegeEscalation != false (container "c" must set securityContext.allowPrivilegeEscalation=false), unrestricted capabilities (container "c" must set ' +
  'securityContext.capabilities.drop=["ALL"]), runAsNonRoot != true (pod or container "c" must set securityContext.runAsNonRoot=true), seccompProfile (pod or ' +
  'container "c" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")';

test("a pod beyond the enforced level is forbidden, and not warned of too", () => {
  const { refusal, warnings } = createStage(...home({ [`${label}/enforce`]: "restricted", [`${label}/warn`]: "restricted" })).admit(pod());
  assert.equal(refusal?.message, `pods "p" is forbidden: violates PodSecurity "restricted:latest": ${lacks}`);
  assert.deepEqual([refusal?.code, refusal?.reason, refusal?.details], [403, "Forbidden", { name: "p", kind: "pods" }]);
  assert.deepEqual(warnings, []);
});

test("a pod beyond the warned level is taken with a warning, and so is a template of such pods", () => {
  const stage = createStage(...home({ [`${label}/enforce`]: "baseline", [`${label}/warn`]: "restricted", [`${label}/warn-version`]: "v1.30" }));
  const warning = `would violate PodSecurity "restricted:v1.30": ${lacks}`;
  assert.deepEqual(stage.admit(pod()).warnings, [warning]);
  const template = { spec: pod()["spec"] };
  const deployment = { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "d", namespace: "ns" }, spec: { template } };
  assert.deepEqual(stage.admit(deployment).warnings, [warning]);
  const cron = { apiVersion: "batch/v1", kind: "CronJob", metadata: { name: "j", namespace: "ns" }, spec: { jobTemplate: { spec: { template } } } };
  assert.deepEqual(stage.admit(cron).warnings, [warning]);
});

test("a namespace's levels are checked", () => {
  const wrong = { apiVersion: "v1", kind: "Namespace", metadata: { name: "n", labels: { [`${label}/enforce`]: "bogus", [`${label}/warn-version`]: "1.30" } } };
  assert.equal(
    createStage().admit(wrong).refusal?.message,
    'Namespace "n" is invalid: [metadata.labels[pod-security.kubernetes.io/enforce]: Invalid value: "bogus": must be one of privileged, baseline, restricted, ' +
      'metadata.labels[pod-security.kubernetes.io/warn-version]: Invalid value: "1.30": must be "latest" or "v1.x"]',
  );
});

test("a namespace that becomes stricter is told which of its pods would no longer be taken", () => {
  const [namespace] = home();
  assert.ok(namespace);
  const named = (name: string, spec: object = {}) => pod({}, spec, { name });
  const stage = createStage(namespace, named("p0", { hostNetwork: true }), named("p1"), named("p2"));
  const stricter = { ...namespace, metadata: { ...namespace.metadata, labels: { [`${label}/enforce`]: "restricted" } } };
  const reasons = "allowPrivilegeEscalation != false, unrestricted capabilities, runAsNonRoot != true, seccompProfile";
  assert.deepEqual(stage.admit(stricter, { operation: "UPDATE", old: namespace }).warnings, [
    'existing pods in namespace "ns" violate the new PodSecurity enforce level "restricted:latest"',
    `p0: host namespaces, ${reasons}`,
    `p1 (and 1 other pod): ${reasons}`,
  ]);
});
