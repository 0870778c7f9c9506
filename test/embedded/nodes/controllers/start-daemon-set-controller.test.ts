import assert from "node:assert/strict";
import { test } from "node:test";
import { field } from "../../../../core/kubernetes/field.ts";
import { startDaemonSetController } from "../../../../embedded/nodes/controllers/start-daemon-set-controller.ts";
import { startStatefulSetController } from "../../../../embedded/nodes/controllers/start-stateful-set-controller.ts";
import { keyOf } from "../../../../embedded/nodes/object-key.ts";
import { isDeleting } from "../../../../embedded/nodes/pod-state.ts";
import { openStage, running, settle } from "../stage.ts";

const template = "template: {metadata: {labels: {app: x}}, spec: {containers: [{name: c, image: x}]}}, selector: {matchLabels: {app: x}}";
const target = (pod: unknown): unknown =>
  field(pod, "spec", "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms", "0", "matchFields", "0", "values", "0");

test("a DaemonSet has a pod for each node that its pods tolerate, and none for a node that is gone", async (t) => {
  const stage = openStage(t);
  startDaemonSetController(stage.cluster);
  const taint = "taints: [{key: own, effect: NoSchedule}]";
  const nodes = stage.create(
    ["a", "b", "c"].map((name) => `{apiVersion: v1, kind: Node, metadata: {name: ${name}}, spec: {${name === "c" ? taint : ""}}}`).join("\n---\n"),
  );
  for (const node of nodes.slice(0, 2)) stage.api.modify(keyOf(stage.api, node), (old) => ({ ...old, spec: {} }));
  stage.create(`{apiVersion: apps/v1, kind: DaemonSet, metadata: {name: d}, spec: {${template}}}`);
  await settle();
  assert.deepEqual(stage.pods().map(target).map(String).toSorted(), ["a", "b"]);
  const status = (...names: readonly string[]) => names.map((name) => field(stage.find("apps/v1", "DaemonSet", "d"), "status", name));
  assert.deepEqual(status("desiredNumberScheduled", "currentNumberScheduled", "numberReady", "numberUnavailable"), [2, 0, 0, 2]);
  const [node] = nodes;
  assert.ok(node);
  stage.api.delete(keyOf(stage.api, node));
  await settle();
  assert.deepEqual(stage.pods().map(target), ["b"]);
  assert.equal(stage.events("d").filter((event) => event.startsWith("Normal SuccessfulCreate: Created pod: d-")).length, 2);
});

test("a StatefulSet makes its pods one after the other and takes them away from the last one on", async (t) => {
  const stage = openStage(t);
  startStatefulSetController(stage.cluster);
  const [set] = stage.create(`{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: s}, spec: {serviceName: s, replicas: 3, ${template}}}`);
  assert.ok(set);
  const names = () =>
    stage
      .pods()
      .filter((pod) => !isDeleting(pod))
      .map(({ metadata }) => metadata.name);
  for (const expected of [["s-0"], ["s-0", "s-1"], ["s-0", "s-1", "s-2"]]) {
    await settle();
    assert.deepEqual(names(), expected);
    for (const pod of stage.pods()) stage.report(pod, running);
  }
  assert.deepEqual([field(stage.pod("s-0"), "spec", "hostname"), field(stage.pod("s-0"), "spec", "subdomain")], ["s-0", "s"]);
  stage.api.modify(keyOf(stage.api, set), (old) => ({ ...old, spec: { ...(old["spec"] as object), replicas: 1 } }));
  await settle();
  assert.deepEqual(names(), ["s-0"]);
  assert.equal(field(stage.find("apps/v1", "StatefulSet", "s"), "status", "readyReplicas"), 1);
});
