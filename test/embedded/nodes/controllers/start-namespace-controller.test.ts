import assert from "node:assert/strict";
import { test } from "node:test";
import { startNamespaceController } from "../../../../embedded/nodes/controllers/namespace/start-namespace-controller.ts";
import { keyOf } from "../../../../embedded/objects/object-key.ts";
import { conditionsOf, openStage, running, settle } from "../stage.ts";

test("a deleted namespace is emptied, says what is left meanwhile, and goes when nothing is", async (t) => {
  const stage = openStage(t);
  startNamespaceController(stage.cluster);
  stage.create(
    [
      "{apiVersion: v1, kind: ConfigMap, metadata: {name: free}}",
      "{apiVersion: v1, kind: ConfigMap, metadata: {name: held, finalizers: [example.com/hold]}}",
      "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {nodeName: n, containers: [{name: c, image: x}]}}",
    ].join("\n---\n"),
  );
  const pod = stage.pod("p");
  assert.ok(pod);
  stage.report(pod, running);
  const namespace = stage.find("v1", "Namespace", "ns");
  assert.ok(namespace);
  stage.api.delete(keyOf(stage.api, namespace));
  await settle();
  assert.deepEqual(conditionsOf(stage.find("v1", "Namespace", "ns")), [
    "NamespaceDeletionDiscoveryFailure|False|ResourcesDiscovered|All resources successfully discovered",
    "NamespaceDeletionGroupVersionParsingFailure|False|ParsedGroupVersions|All legacy kube types successfully parsed",
    "NamespaceDeletionContentFailure|False|ContentDeleted|All content successfully deleted, may be waiting on finalization",
    "NamespaceContentRemaining|True|SomeResourcesRemain|Some resources are remaining: configmaps. has 1 resource instances, pods. has 1 resource instances",
    "NamespaceFinalizersRemaining|True|SomeFinalizersRemain|Some content in the namespace has finalizers remaining: example.com/hold in 1 resource instances",
  ]);
  assert.equal(stage.pod("p")?.metadata["deletionGracePeriodSeconds"], 30);
  stage.api.delete(keyOf(stage.api, pod), { gracePeriodSeconds: 0 });
  const held = stage.find("v1", "ConfigMap", "held");
  assert.ok(held);
  stage.api.modify(keyOf(stage.api, held), (old) => ({ ...old, metadata: { ...old.metadata, finalizers: [] } }));
  await settle();
  assert.equal(stage.find("v1", "Namespace", "ns"), undefined);
});
