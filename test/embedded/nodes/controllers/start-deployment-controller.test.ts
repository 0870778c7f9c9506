import assert from "node:assert/strict";
import { test } from "node:test";
import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { field } from "../../../../core/kubernetes/field.ts";
import { startDeploymentController } from "../../../../embedded/nodes/controllers/deployment/start-deployment-controller.ts";
import { startReplicaSetController } from "../../../../embedded/nodes/controllers/start-replica-set-controller.ts";
import { keyOf } from "../../../../embedded/objects/object-key.ts";
import { objectAt } from "../../../../embedded/objects/object-fields.ts";
import { isActive, isDeleting, isPodReady } from "../../../../embedded/objects/pod-state.ts";
import { conditionsOf, openStage, running, settle } from "../stage.ts";

const deploymentOf = (spec = ""): string =>
  `{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {replicas: 2, selector: {matchLabels: {app: d}}${spec}, template: {metadata: {labels: {app: d}}, spec: {nodeName: n, containers: [{name: c, image: "x:1"}]}}}}`;

function startDeployment(t: Parameters<typeof openStage>[0], yaml: string) {
  const stage = openStage(t);
  startDeploymentController(stage.cluster);
  startReplicaSetController(stage.cluster);
  stage.create(yaml);
  const deployment = (): KubernetesObject => {
    const found = stage.find("apps/v1", "Deployment", "d");
    assert.ok(found);
    return found;
  };
  return {
    ...stage,
    deployment,
    status: (...names: readonly string[]): readonly unknown[] => names.map((name) => field(deployment(), "status", name)),
    change: (spec: object): unknown => stage.api.modify(keyOf(stage.api, deployment()), (old) => ({ ...old, spec: { ...objectAt(old["spec"]), ...spec } })),
    setImage: (image: string): unknown =>
      stage.api.modify(keyOf(stage.api, deployment()), (old) => {
        const template = objectAt(field(old, "spec", "template"));
        return {
          ...old,
          spec: { ...objectAt(old["spec"]), template: { ...template, spec: { ...objectAt(template["spec"]), containers: [{ name: "c", image }] } } },
        };
      }),
    active: () => stage.pods().filter(isActive),
    /** One step of what kubelets do: start what waits, and take away what is deleted. */
    async run(): Promise<void> {
      for (const pod of stage.pods()) {
        if (isDeleting(pod)) stage.api.delete(keyOf(stage.api, pod), { gracePeriodSeconds: 0 });
        else if (!isPodReady(pod)) stage.report(pod, running);
      }
      await settle();
    },
  };
}

const imagesOf = (pods: readonly KubernetesObject[]): readonly string[] => pods.map((pod) => String(field(pod, "spec", "containers", "0", "image"))).toSorted();

test("a Deployment makes its pods through a ReplicaSet and is available when they are ready", async (t) => {
  const stage = startDeployment(t, deploymentOf());
  await settle();
  const [set] = stage.listOf("apps/v1", "ReplicaSet");
  assert.ok(set);
  assert.match(set.metadata.name, /^d-[bcdfghjklmnpqrstvwxz2456789]+$/);
  assert.equal(set.metadata.labels?.["pod-template-hash"], set.metadata.name.slice(2));
  assert.equal(stage.deployment().metadata.annotations?.["deployment.kubernetes.io/revision"], "1");
  assert.deepEqual(stage.events("d"), [`Normal ScalingReplicaSet: Scaled up replica set ${set.metadata.name} from 0 to 2`]);
  assert.deepEqual(stage.status("replicas", "updatedReplicas", "unavailableReplicas", "readyReplicas"), [2, 2, 2, undefined]);
  await stage.run();
  assert.deepEqual(stage.status("replicas", "availableReplicas", "readyReplicas", "unavailableReplicas", "observedGeneration"), [2, 2, 2, undefined, 1]);
  assert.deepEqual(conditionsOf(stage.deployment()), [
    "Available|True|MinimumReplicasAvailable|Deployment has minimum availability.",
    `Progressing|True|NewReplicaSetAvailable|ReplicaSet "${set.metadata.name}" has successfully progressed.`,
  ]);
});

test("a rolling update never has fewer pods ready than it may, nor more pods than it may, and ends with the new ones alone", async (t) => {
  const stage = startDeployment(t, deploymentOf(", strategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}"));
  await settle();
  await stage.run();
  stage.setImage("x:2");
  await settle();
  for (let step = 0; step < 6; step += 1) {
    assert.ok(stage.active().filter(isPodReady).length >= 2);
    assert.ok(stage.active().length <= 3);
    await stage.run();
  }
  assert.deepEqual(imagesOf(stage.pods()), ["x:2", "x:2"]);
  assert.equal(stage.deployment().metadata.annotations?.["deployment.kubernetes.io/revision"], "2");
  assert.deepEqual(
    stage
      .listOf("apps/v1", "ReplicaSet")
      .map((set) => String(field(set, "spec", "replicas")))
      .toSorted(),
    ["0", "2"],
  );
  stage.setImage("x:1");
  await settle();
  for (let step = 0; step < 6; step += 1) await stage.run();
  assert.deepEqual(imagesOf(stage.pods()), ["x:1", "x:1"]);
  assert.equal(stage.listOf("apps/v1", "ReplicaSet").length, 2);
  assert.equal(stage.deployment().metadata.annotations?.["deployment.kubernetes.io/revision"], "3");
});

test("Recreate makes no new pod before the last old one is gone", async (t) => {
  const stage = startDeployment(t, deploymentOf(", strategy: {type: Recreate}"));
  await settle();
  await stage.run();
  stage.setImage("x:2");
  await settle();
  assert.deepEqual(imagesOf(stage.pods()), ["x:1", "x:1"]);
  assert.ok(stage.pods().every(isDeleting));
  const [first] = stage.pods();
  assert.ok(first);
  stage.api.delete(keyOf(stage.api, first), { gracePeriodSeconds: 0 });
  await settle();
  assert.deepEqual(imagesOf(stage.pods()), ["x:1"]);
  await stage.run();
  assert.deepEqual(imagesOf(stage.pods()), ["x:2", "x:2"]);
});

test("a Deployment is scaled, and a pod that somebody deletes is made again", async (t) => {
  const stage = startDeployment(t, deploymentOf());
  await settle();
  await stage.run();
  stage.change({ replicas: 4 });
  await settle();
  assert.equal(stage.active().length, 4);
  stage.change({ replicas: 1 });
  await settle();
  assert.deepEqual([stage.active().length, stage.active().filter(isPodReady).length], [1, 1]);
  const [pod] = stage.active();
  assert.ok(pod);
  stage.api.delete(keyOf(stage.api, pod));
  await settle();
  assert.equal(stage.active().length, 1);
  assert.notEqual(stage.active()[0]?.metadata.name, pod.metadata.name);
});

test("a Deployment whose pods are refused, or never get ready, says so", async (t) => {
  const stage = startDeployment(t, deploymentOf(", progressDeadlineSeconds: 60").replace("nodeName: n", "serviceAccountName: nobody"));
  await settle();
  const [set] = stage.listOf("apps/v1", "ReplicaSet");
  const refusal =
    /^ReplicaFailure\|True\|FailedCreate\|pods "d-\w+-\w*" is forbidden: error looking up service account ns\/nobody: serviceaccount "nobody" not found$/;
  for (const object of [set, stage.deployment()])
    assert.ok(
      conditionsOf(object).some((condition) => refusal.test(condition)),
      conditionsOf(object).join("\n"),
    );
  stage.clock.move(61_000);
  await settle();
  assert.ok(
    conditionsOf(stage.deployment()).includes(`Progressing|False|ProgressDeadlineExceeded|ReplicaSet "${set?.metadata.name}" has timed out progressing.`),
  );
});
