import assert from "node:assert/strict";
import { test } from "node:test";
import { field } from "../../../../core/kubernetes/field.ts";
import { volumeNameOf } from "../../../../embedded/nodes/controllers/provision-volume.ts";
import { startClaimController } from "../../../../embedded/nodes/controllers/start-claim-controller.ts";
import { keyOf } from "../../../../embedded/objects/object-key.ts";
import { openStage, settle } from "../stage.ts";

const claim = (name: string, className: string): string =>
  `{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: ${name}}, spec: {storageClassName: "${className}", accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}`;

test("a claim of our own provisioner is bound to a volume, which goes with it", async (t) => {
  const stage = openStage(t);
  startClaimController(stage.cluster);
  stage.create("{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: folder}, provisioner: asdic.dev/folder}");
  stage.create(claim("data", "folder"));
  await settle();
  const [bound] = stage.listOf("v1", "PersistentVolumeClaim");
  assert.ok(bound);
  const volume = stage.find("v1", "PersistentVolume", volumeNameOf(bound));
  assert.deepEqual(
    [field(bound, "status", "phase"), field(bound, "spec", "volumeName"), field(volume, "status", "phase"), field(volume, "spec", "claimRef", "uid")],
    ["Bound", volume?.metadata.name, "Bound", bound?.metadata.uid],
  );
  stage.cluster.api.delete(keyOf(stage.cluster.api, bound));
  await settle();
  assert.equal(stage.find("v1", "PersistentVolume", volumeNameOf(bound)), undefined);
});

test("a claim says why it has no volume", async (t) => {
  const stage = openStage(t);
  startClaimController(stage.cluster);
  stage.create("{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: slow}, provisioner: example.com/none}");
  stage.create([claim("classless", ""), claim("nowhere", "fast"), claim("waiting", "slow")].join("\n---\n"));
  await settle();
  assert.deepEqual(stage.events("classless"), ["Normal FailedBinding: no persistent volumes available for this claim and no storage class is set"]);
  assert.deepEqual(stage.events("nowhere"), ['Warning ProvisioningFailed: storageclass.storage.k8s.io "fast" not found']);
  assert.match(
    stage.events("waiting").join(),
    /^Normal ExternalProvisioning: Waiting for a volume to be created either by the external provisioner 'example.com\/none' or /,
  );
});
