import assert from "node:assert/strict";
import { test } from "node:test";
import { startClaimController } from "../../../../embedded/nodes/controllers/start-claim-controller.ts";
import { openStage, settle } from "../stage.ts";

const claim = (name: string, className: string): string =>
  `{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: ${name}}, spec: {storageClassName: "${className}", accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}`;

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
