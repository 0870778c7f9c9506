import assert from "node:assert/strict";
import { test } from "node:test";
import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { field } from "../../../../core/kubernetes/field.ts";
import { startDisruptionController } from "../../../../embedded/nodes/controllers/disruption/start-disruption-controller.ts";
import { conditionsOf, openStage, running, settle } from "../stage.ts";

const budgetOf = (spec: string): string =>
  `{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: b}, spec: {${spec}, selector: {matchLabels: {app: web}}}}`;

function startBudget(t: Parameters<typeof openStage>[0], replicas: number, spec: string) {
  const stage = openStage(t);
  startDisruptionController(stage.cluster);
  const [set] = stage.create(
    `{apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: r}, spec: {replicas: ${replicas}, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c, image: x}]}}}}`,
  );
  const owner = `{apiVersion: apps/v1, kind: ReplicaSet, name: r, uid: "${set?.metadata.uid}", controller: true}`;
  for (let index = 0; index < replicas; index += 1) {
    stage.create(
      `{apiVersion: v1, kind: Pod, metadata: {name: p${index}, labels: {app: web}, ownerReferences: [${owner}]}, spec: {nodeName: n, containers: [{name: c, image: x}]}}`,
    );
  }
  stage.create(budgetOf(spec));
  const budget = (): KubernetesObject | undefined => stage.find("policy/v1", "PodDisruptionBudget", "b");
  return {
    ...stage,
    budget,
    status: () => ["expectedPods", "desiredHealthy", "currentHealthy", "disruptionsAllowed"].map((name) => field(budget(), "status", name)),
  };
}

// replicas, how many are ready, the budget, and expected, desired, healthy and spare pods.
const cases: readonly (readonly [number, number, string, readonly number[]])[] = [
  [2, 2, "minAvailable: 2", [2, 2, 2, 0]],
  [3, 3, "minAvailable: 2", [3, 2, 3, 1]],
  [3, 1, "minAvailable: 2", [3, 2, 1, 0]],
  [2, 2, "maxUnavailable: 50%", [2, 1, 2, 1]],
  [3, 3, "minAvailable: 50%", [3, 2, 3, 1]],
  [3, 3, "maxUnavailable: 1", [3, 2, 3, 1]],
  [1, 1, "maxUnavailable: 100%", [1, 0, 1, 1]],
  [0, 0, "maxUnavailable: 1", [0, 0, 0, 0]],
];

for (const [replicas, ready, spec, numbers] of cases) {
  test(`with ${ready} of ${replicas} pods ready, a budget of ${spec} allows ${numbers[3]} disruptions`, async (t) => {
    const stage = startBudget(t, replicas, spec);
    for (const pod of stage.pods().slice(0, ready)) stage.report(pod, running);
    await settle();
    assert.deepEqual(stage.status(), numbers);
    const isAllowed = (numbers[3] ?? 0) > 0;
    assert.deepEqual(conditionsOf(stage.budget()), [`DisruptionAllowed|${isAllowed ? "True|SufficientPods" : "False|InsufficientPods"}|`]);
    assert.equal(field(stage.budget(), "status", "observedGeneration"), 1);
    assert.deepEqual(stage.events("b"), replicas === 0 ? ["Normal NoPods: No matching pods found"] : []);
  });
}

test("a budget that can't count what its pods' owners want allows nothing and says why", async (t) => {
  const stage = startBudget(t, 0, "maxUnavailable: 1");
  stage.create("{apiVersion: v1, kind: Pod, metadata: {name: lone, labels: {app: web}}, spec: {containers: [{name: c, image: x}]}}");
  await settle();
  const why = 'found no controllers for pod "lone"';
  assert.deepEqual(conditionsOf(stage.budget()), [`DisruptionAllowed|False|SyncFailed|${why}`]);
  assert.ok(stage.events("b").includes(`Warning CalculateExpectedPodCountFailed: Failed to calculate the number of expected pods: ${why}`));
});
