import assert from "node:assert/strict";
import { test } from "node:test";
import { field } from "../../../../core/kubernetes/field.ts";
import { startVolumeController } from "../../../../embedded/nodes/controllers/storage/start-volume-controller.ts";
import { keyOf } from "../../../../embedded/nodes/object-key.ts";
import { nodeNameOf } from "../../../../embedded/nodes/pod-state.ts";
import { startScheduler } from "../../../../embedded/nodes/scheduler/start-scheduler.ts";
import { openStage, settle } from "../stage.ts";

const claimOf = (spec = ""): string =>
  `{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: c}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}${spec}}}`;
const classOf = (name: string, more = ""): string =>
  `{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: ${name}}, provisioner: example.com/none${more}}`;
const volumeOf = (name: string, size: string, spec = ""): string =>
  `{apiVersion: v1, kind: PersistentVolume, metadata: {name: ${name}}, spec: {storageClassName: static, accessModes: [ReadWriteOnce], capacity: {storage: ${size}}, hostPath: {path: /x}${spec}}}`;
const podOf =
  "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: x}], volumes: [{name: v, persistentVolumeClaim: {claimName: c}}]}}";
const waits = ", volumeBindingMode: WaitForFirstConsumer";

function startVolumes(t: Parameters<typeof openStage>[0], ...yaml: readonly string[]) {
  const stage = openStage(t);
  startVolumeController(stage.cluster);
  stage.create(yaml.join("\n---\n"));
  return {
    ...stage,
    claim: () => stage.find("v1", "PersistentVolumeClaim", "c"),
    phase: (name: string) => field(stage.find("v1", "PersistentVolume", name), "status", "phase"),
  };
}

const external =
  "Normal ExternalProvisioning: Waiting for a volume to be created either by the external provisioner 'example.com/none' or manually by the system administrator. " +
  "If volume creation is delayed, please verify that the provisioner is running and correctly registered.";

// As Kubernetes 1.36.3 says it of the same claims.
const waiting: readonly (readonly [string, readonly string[], string])[] = [
  ["without a class", [claimOf()], "Normal FailedBinding: no persistent volumes available for this claim and no storage class is set"],
  ["of a class that isn't", [claimOf(", storageClassName: missing")], 'Warning ProvisioningFailed: storageclass.storage.k8s.io "missing" not found'],
  ["that somebody else has to make", [classOf("now"), claimOf(", storageClassName: now")], external],
  [
    "that nobody uses yet",
    [classOf("wait", waits), claimOf(", storageClassName: wait")],
    "Normal WaitForFirstConsumer: waiting for first consumer to be created before binding",
  ],
  [
    "that waits for a pod",
    [classOf("wait", waits), claimOf(", storageClassName: wait"), podOf],
    "Normal WaitForPodScheduled: waiting for pod p to be scheduled",
  ],
];

for (const [what, objects, event] of waiting) {
  test(`a claim ${what} stays pending and says why`, async (t) => {
    const stage = startVolumes(t, ...objects);
    await settle();
    assert.equal(field(stage.claim(), "status", "phase"), "Pending");
    assert.deepEqual(stage.events("c"), [event]);
  });
}

test("a claim is bound to the smallest volume that is large enough, which is released when the claim is gone", async (t) => {
  const stage = startVolumes(t, volumeOf("tiny", "500Mi"), volumeOf("huge", "9Gi"), volumeOf("fitting", "2Gi"), claimOf(", storageClassName: static"));
  await settle();
  const claim = stage.claim();
  assert.ok(claim);
  assert.deepEqual(claim["status"], { accessModes: ["ReadWriteOnce"], capacity: { storage: "2Gi" }, phase: "Bound" });
  assert.equal(field(claim, "spec", "volumeName"), "fitting");
  assert.deepEqual(claim.metadata.annotations, { "pv.kubernetes.io/bind-completed": "yes", "pv.kubernetes.io/bound-by-controller": "yes" });
  assert.deepEqual(["tiny", "fitting", "huge"].map(stage.phase), ["Available", "Bound", "Available"]);
  assert.equal(field(stage.find("v1", "PersistentVolume", "fitting"), "spec", "claimRef", "uid"), claim.metadata.uid);
  stage.api.delete(keyOf(stage.api, claim));
  await settle();
  assert.equal(stage.claim(), undefined);
  assert.equal(stage.phase("fitting"), "Released");
});

test("a claim that waits for its pod is bound where the pod can reach the volume, and then the pod goes there", async (t) => {
  const here = ", nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [b]}]}]}}";
  const nodes = ["a", "b"].map(
    (name) =>
      `{apiVersion: v1, kind: Node, metadata: {name: ${name}, labels: {kubernetes.io/hostname: ${name}}}, status: {allocatable: {cpu: "2", memory: 4Gi, pods: "9"}}}`,
  );
  const stage = startVolumes(
    t,
    classOf("static", waits).replace("example.com/none", "kubernetes.io/no-provisioner"),
    volumeOf("local", "2Gi", here),
    claimOf(", storageClassName: static"),
    ...nodes,
  );
  for (const node of stage.api.list(keyOf(stage.api, { apiVersion: "v1", kind: "Node", metadata: { name: "a" } }).type)) {
    stage.api.modify(keyOf(stage.api, node), (old) => ({ ...old, spec: {} }));
  }
  startScheduler(stage.cluster);
  await settle();
  assert.equal(field(stage.claim(), "status", "phase"), "Pending");
  stage.create(podOf);
  await settle();
  assert.equal(field(stage.claim(), "spec", "volumeName"), "local");
  assert.equal(nodeNameOf(stage.pod("p")), "b");
});
