import assert from "node:assert/strict";
import { test } from "node:test";
import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { field, list } from "../../../../core/kubernetes/field.ts";
import { findCondition } from "../../../../embedded/objects/conditions.ts";
import { startNodeMonitor } from "../../../../embedded/nodes/controllers/node/start-node-monitor.ts";
import { startNodeTainter } from "../../../../embedded/nodes/controllers/node/start-node-tainter.ts";
import { startPodCollector } from "../../../../embedded/nodes/controllers/node/start-pod-collector.ts";
import { startTaintEviction } from "../../../../embedded/nodes/controllers/node/start-taint-eviction.ts";
import { keyOf } from "../../../../embedded/objects/object-key.ts";
import { objectAt } from "../../../../embedded/objects/object-fields.ts";
import { openStage, running, settle } from "../stage.ts";

const ready = ["Ready", "MemoryPressure", "DiskPressure", "PIDPressure"]
  .map((type) => `{type: ${type}, status: "${type === "Ready" ? "True" : "False"}"}`)
  .join(", ");
const podOf = (name: string, spec = ""): string =>
  `{apiVersion: v1, kind: Pod, metadata: {name: ${name}}, spec: {nodeName: n${spec}, containers: [{name: c, image: x}]}}`;
const declared =
  "{apiVersion: v1, kind: Pod, metadata: {name: shown, annotations: {embedded.asdic.dev/state: declared}}, spec: {nodeName: n, containers: [{name: c, image: x}]}}";

async function startNode(t: Parameters<typeof openStage>[0], ...pods: readonly string[]) {
  const stage = openStage(t);
  const options = { ...stage.cluster, nodeMonitorGraceSeconds: 10 };
  startNodeMonitor(options);
  startNodeTainter(options);
  startTaintEviction(options);
  startPodCollector(options);
  stage.create(
    `{apiVersion: v1, kind: Namespace, metadata: {name: kube-node-lease}}\n---\n{apiVersion: v1, kind: Node, metadata: {name: n}, status: {conditions: [${ready}]}}`,
  );
  const renewTime = (): string => stage.clock.now().toISOString().replace("Z", "000Z");
  stage.create(
    `{apiVersion: coordination.k8s.io/v1, kind: Lease, metadata: {name: n, namespace: kube-node-lease}, spec: {holderIdentity: n, renewTime: "${renewTime()}"}}`,
  );
  await settle();
  stage.create(pods.join("\n---\n"));
  for (const pod of stage.pods()) stage.report(pod, running);
  await settle();
  const node = (): KubernetesObject => {
    const found = stage.find("v1", "Node", "n");
    assert.ok(found);
    return found;
  };
  return {
    ...stage,
    node,
    taints: () => list(field(node(), "spec", "taints")).map((taint) => `${String(field(taint, "key"))}:${String(field(taint, "effect"))}`),
    renew(): void {
      const lease = stage.find("coordination.k8s.io/v1", "Lease", "kube-node-lease/n");
      assert.ok(lease);
      stage.api.modify(keyOf(stage.api, lease), (old) => ({ ...old, spec: { ...objectAt(old["spec"]), renewTime: renewTime() } }));
    },
  };
}

test("a node that is ready has none of our taints, and one that renews its lease stays ready", async (t) => {
  const stage = await startNode(t, podOf("p"));
  assert.deepEqual(stage.taints(), []);
  assert.deepEqual(stage.events("n"), ["Normal RegisteredNode: Node n event: Registered Node n in Controller"]);
  for (let turn = 0; turn < 4; turn += 1) {
    stage.clock.move(6000);
    stage.renew();
    await settle();
    assert.equal(findCondition(stage.node(), "Ready")?.["status"], "True");
  }
});

test("a silent node becomes unknown, and its pods leave their Services, but made-up ones stay as they are", async (t) => {
  const stage = await startNode(t, podOf("p"), declared);
  stage.clock.move(11_000);
  await settle();
  for (const type of ["Ready", "MemoryPressure", "DiskPressure", "PIDPressure"]) {
    const condition = findCondition(stage.node(), type);
    assert.deepEqual(
      [condition?.["status"], condition?.["reason"], condition?.["message"]],
      ["Unknown", "NodeStatusUnknown", "Kubelet stopped posting node status."],
    );
  }
  assert.deepEqual(stage.taints(), ["node.kubernetes.io/unreachable:NoSchedule", "node.kubernetes.io/unreachable:NoExecute"]);
  assert.equal(stage.events("n").at(-1), "Normal NodeNotReady: Node n status is now: NodeNotReady");
  assert.equal(findCondition(stage.pod("p"), "Ready")?.["status"], "False");
  assert.deepEqual(stage.events("p"), ["Warning NodeNotReady: Node is not ready"]);
  assert.equal(findCondition(stage.pod("shown"), "Ready")?.["status"], "True");
});

test("pods leave a node with NoExecute taints after as long as they tolerate them, and a node that comes back keeps its pods", async (t) => {
  const patient = ", tolerations: [{operator: Exists}]";
  const short = ", tolerations: [{key: node.kubernetes.io/unreachable, operator: Exists, effect: NoExecute, tolerationSeconds: 10}]";
  const stage = await startNode(t, podOf("normal"), podOf("patient", patient), podOf("short", short));
  stage.clock.move(11_000);
  await settle();
  assert.ok(stage.pods().every(({ metadata }) => metadata.deletionTimestamp === undefined));
  stage.clock.move(11_000);
  await settle();
  assert.deepEqual(
    stage
      .pods()
      .filter(({ metadata }) => metadata.deletionTimestamp !== undefined)
      .map(({ metadata }) => metadata.name),
    ["short"],
  );
  const target = findCondition(stage.pod("short"), "DisruptionTarget");
  assert.deepEqual([target?.["reason"], target?.["message"]], ["DeletionByTaintManager", "Taint manager: deleting due to NoExecute taint"]);
  assert.ok(stage.events("short").includes("Normal TaintManagerEviction: Marking for deletion Pod ns/short"));
  stage.renew();
  stage.report(stage.node(), { conditions: [{ type: "Ready", status: "True", lastHeartbeatTime: stage.clock.now().toISOString() }] });
  await settle();
  assert.deepEqual(stage.taints(), []);
  assert.ok(stage.events("normal").includes("Normal TaintManagerEviction: Cancelling deletion of Pod ns/normal"));
  stage.clock.move(400_000);
  stage.renew();
  await settle();
  assert.equal(stage.pod("normal")?.metadata.deletionTimestamp, undefined);
});

test("pressure, being cordoned and a kubelet that says it is not ready each bring their taint, and take it away again", async (t) => {
  const stage = await startNode(t);
  stage.report(stage.node(), {
    conditions: [
      { type: "Ready", status: "False" },
      { type: "DiskPressure", status: "True" },
    ],
  });
  stage.api.modify(keyOf(stage.api, stage.node()), (old) => ({ ...old, spec: { unschedulable: true, taints: [{ key: "own", effect: "NoSchedule" }] } }));
  await settle();
  const ours = ["not-ready:NoSchedule", "not-ready:NoExecute", "disk-pressure:NoSchedule", "unschedulable:NoSchedule"].map(
    (taint) => `node.kubernetes.io/${taint}`,
  );
  assert.deepEqual(stage.taints(), ["own:NoSchedule", ...ours]);
  stage.report(stage.node(), {
    conditions: [
      { type: "Ready", status: "True" },
      { type: "DiskPressure", status: "False" },
    ],
  });
  stage.api.modify(keyOf(stage.api, stage.node()), (old) => ({ ...old, spec: { ...objectAt(old["spec"]), unschedulable: false } }));
  await settle();
  assert.deepEqual(stage.taints(), ["own:NoSchedule"]);
});

test("pods of a node that is gone are removed, whatever their grace", async (t) => {
  const stage = await startNode(t, podOf("p"), declared);
  const states: string[] = [];
  stage.api.watch(keyOf(stage.api, stage.pod("p") ?? stage.node()).type, { signal: stage.cluster.signal }, ({ type, object }) => {
    if (type !== "ADDED") states.push(`${type} ${String(field(object, "status", "phase"))} ${String(findCondition(object, "DisruptionTarget")?.["message"])}`);
  });
  stage.api.delete(keyOf(stage.api, stage.node()));
  await settle();
  assert.equal(stage.pods().length, 2);
  stage.clock.move(11_000);
  await settle();
  assert.equal(stage.pods().length, 0);
  assert.equal(states[0], "MODIFIED Failed PodGC: node no longer exists");
  assert.equal(stage.events("n").at(-1), "Normal RemovingNode: Node n event: Removing Node n from Controller");
});
