import assert from "node:assert/strict";
import { test } from "node:test";
import { field } from "../../../../core/kubernetes/field.ts";
import { findCondition, isConditionTrue } from "../../../../embedded/objects/conditions.ts";
import { keyOf } from "../../../../embedded/objects/object-key.ts";
import { nodeNameOf } from "../../../../embedded/objects/pod-state.ts";
import { startNodeTainter } from "../../../../embedded/nodes/controllers/node/start-node-tainter.ts";
import { startScheduler } from "../../../../embedded/nodes/scheduler/start-scheduler.ts";
import type { Stage } from "../stage.ts";
import { openStage, running, settle } from "../stage.ts";

const node = (name: string, more = ""): string =>
  `{apiVersion: v1, kind: Node, metadata: {name: ${name}, labels: {kubernetes.io/hostname: ${name}}}, spec: {${more}}, status: {conditions: [{type: Ready, status: "True"}], allocatable: {cpu: "2", memory: 4Gi, ephemeral-storage: 10Gi, pods: "3"}}}`;
const threeNodes = [
  node("control-plane", "taints: [{key: node-role.kubernetes.io/control-plane, effect: NoSchedule}]"),
  node("worker-1"),
  node("worker-2"),
].join("\n---\n");
const podOf = (name: string, spec = "", container = ""): string =>
  `{apiVersion: v1, kind: Pod, metadata: {name: ${name}, labels: {app: ${name}, tier: test}}, spec: {containers: [{name: c, image: x${container}}]${spec}}}`;
const pinned = (name: string): string =>
  `, affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchFields: [{key: metadata.name, operator: In, values: [${name}]}]}]}}}`;
const storage = `
{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: unbound}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}`;
const claim = (name: string): string => `, volumes: [{name: v, persistentVolumeClaim: {claimName: ${name}}}]`;
const nothingHelps = "no new claims to deallocate, preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.";

/** A new node is tainted as not ready until somebody has seen that it is. */
async function startWithNodes({ cluster }: Stage): Promise<void> {
  startNodeTainter(cluster);
  await settle();
  startScheduler(cluster);
}

// As Kubernetes 1.36.3 says it of the same pods on nodes like these.
const messages: readonly (readonly [name: string, pod: string, message: string])[] = [
  [
    "too large",
    podOf("p", "", `, resources: {requests: {cpu: "100"}}`),
    `0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 Insufficient cpu. ${nothingHelps}`,
  ],
  [
    "too large in every way",
    podOf("p", ", tolerations: [{operator: Exists}]", `, resources: {requests: {memory: 4Ti, cpu: "100", ephemeral-storage: 9Ti}}`),
    `0/3 nodes are available: 3 Insufficient cpu, 3 Insufficient ephemeral-storage, 3 Insufficient memory. ${nothingHelps}`,
  ],
  [
    "pinned and too large",
    podOf("p", `, tolerations: [{operator: Exists}]${pinned("worker-1")}`, `, resources: {requests: {cpu: "100"}}`),
    `0/3 nodes are available: 1 Insufficient cpu, 2 node(s) didn't satisfy plugin(s) [NodeAffinity]. ${nothingHelps}`,
  ],
  ["pinned to a node that isn't", podOf("p", pinned("nowhere")), `0/3 nodes are available: 3 node(s) didn't satisfy plugin(s) [NodeAffinity]. ${nothingHelps}`],
  [
    "pinned to a tainted node",
    podOf("p", pinned("control-plane")),
    `0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 node(s) didn't satisfy plugin(s) [NodeAffinity]. ${nothingHelps}`,
  ],
  [
    "a selector",
    podOf("p", ", nodeSelector: {disk: ssd}"),
    `0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 node(s) didn't match Pod's node affinity/selector. ${nothingHelps}`,
  ],
  ["no such claim", podOf("p", claim("nope")), '0/3 nodes are available: persistentvolumeclaim "nope" not found. not found'],
  ["an unbound claim", podOf("p", claim("unbound")), "0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims. not found"],
  [
    "affinity to nobody",
    podOf(
      "p",
      ", affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{labelSelector: {matchLabels: {nobody: x}}, topologyKey: kubernetes.io/hostname}]}}",
    ),
    `0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 node(s) didn't match pod affinity rules. ${nothingHelps}`,
  ],
];

for (const [name, pod, message] of messages) {
  test(`a pod that fits nowhere says why as kube-scheduler does: ${name}`, async (t) => {
    const stage = openStage(t);
    stage.create(`${threeNodes}\n---${storage}\n---\n${pod}`);
    await startWithNodes(stage);
    await settle();
    const condition = findCondition(stage.pod("p"), "PodScheduled");
    assert.equal(condition?.["message"], message);
    assert.deepEqual([condition["status"], condition["reason"]], ["False", "Unschedulable"]);
    assert.deepEqual(stage.events("p"), [`Warning FailedScheduling: ${message}`]);
  });
}

test("pods are given to the node with the least on it, siblings apart, and say so", async (t) => {
  const stage = openStage(t);
  await startWithNodes(stage);
  stage.create(threeNodes);
  await settle();
  stage.create([podOf("a", "", ", resources: {requests: {cpu: 500m}}"), podOf("b"), podOf("c", ", tolerations: [{operator: Exists}]")].join("\n---\n"));
  await settle();
  assert.deepEqual(stage.pods().map(nodeNameOf), ["worker-1", "worker-2", "control-plane"]);
  assert.deepEqual(stage.events("b"), ["Normal Scheduled: Successfully assigned ns/b to worker-2"]);
  assert.ok(isConditionTrue(stage.pod("b"), "PodScheduled"));
});

test("a pod waits for a node, a place or its gates, and goes when they come", async (t) => {
  const stage = openStage(t);
  await startWithNodes(stage);
  stage.create(
    [podOf("waiting"), podOf("gated", ", schedulingGates: [{name: example.com/gate}]"), podOf("foreign", ", schedulerName: nobody")].join("\n---\n"),
  );
  await settle();
  assert.equal(findCondition(stage.pod("waiting"), "PodScheduled")?.["message"], "no nodes available to schedule pods");
  assert.equal(findCondition(stage.pod("gated"), "PodScheduled")?.["message"], "Scheduling is blocked due to non-empty scheduling gates");
  stage.create(node("worker-1"));
  await settle();
  assert.deepEqual(
    ["waiting", "gated", "foreign"].map((name) => nodeNameOf(stage.pod(name))),
    ["worker-1", "", ""],
  );
  const gated = stage.pod("gated");
  assert.ok(gated);
  stage.api.modify(keyOf(stage.api, gated), ({ spec, ...rest }) => {
    const { schedulingGates: _, ...others } = { ...(spec as object), schedulingGates: [] };
    return { ...rest, spec: others };
  });
  await settle();
  assert.equal(nodeNameOf(stage.pod("gated")), "worker-1");
});

test("pods that refuse each other's company, or want the same port of the node, go to different nodes", async (t) => {
  const stage = openStage(t);
  await startWithNodes(stage);
  const apart =
    ", affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{labelSelector: {matchLabels: {tier: test}}, topologyKey: kubernetes.io/hostname}]}}";
  const port = ", ports: [{containerPort: 80, hostPort: 80}]";
  stage.create([node("worker-1"), node("worker-2"), ...["a", "b", "c"].map((name) => podOf(name, apart))].join("\n---\n"));
  await settle();
  assert.deepEqual(stage.pods().map(nodeNameOf).toSorted(), ["", "worker-1", "worker-2"]);
  assert.match(
    String(findCondition(stage.pod("c"), "PodScheduled")?.["message"]),
    /2 node\(s\) didn't match pod anti-affinity rules\. .*2 No preemption victims found/,
  );
  for (const pod of stage.pods()) stage.api.delete(keyOf(stage.api, pod), { gracePeriodSeconds: 0 });
  stage.create(["d", "e", "f"].map((name) => podOf(name, "", port)).join("\n---\n"));
  await settle();
  assert.deepEqual(
    ["d", "e", "f"].map((name) => nodeNameOf(stage.pod(name))),
    ["worker-1", "worker-2", ""],
  );
});

test("a more important pod takes the place of a less important one, which gets its grace, and nobody else gets the place", async (t) => {
  const stage = openStage(t);
  await startWithNodes(stage);
  const half = `, resources: {requests: {cpu: "1.5"}}`;
  stage.create(
    `${node("worker-1")}\n---\n{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: high}, value: 1000}\n---\n${podOf("low", "", half)}`,
  );
  await settle();
  const low = stage.pod("low");
  assert.ok(low);
  stage.report(low, running);
  stage.create(podOf("high", ", priorityClassName: high", half));
  await settle();
  const uid = stage.pod("high")?.metadata.uid;
  const victim = findCondition(stage.pod("low"), "DisruptionTarget");
  assert.deepEqual([victim?.["reason"], victim?.["message"]], ["PreemptionByScheduler", "default-scheduler: preempting to accommodate a higher priority pod"]);
  assert.ok(stage.pod("low")?.metadata.deletionTimestamp);
  assert.equal(stage.events("low").at(-1), `Normal Preempted: Preempted by pod ${uid} on node worker-1`);
  assert.equal(stage.events("high")[0], "Warning FailedScheduling: 0/1 nodes are available: 1 Insufficient cpu.");
  assert.deepEqual(field(stage.pod("high"), "status", "nominatedNodeName"), "worker-1");
  stage.create(podOf("sneaky", "", half));
  stage.api.delete(keyOf(stage.api, low), { gracePeriodSeconds: 0 });
  await settle();
  assert.deepEqual([nodeNameOf(stage.pod("high")), nodeNameOf(stage.pod("sneaky"))], ["worker-1", ""]);
});

test("made-up pods of the world keep their status", async (t) => {
  const stage = openStage(t);
  await startWithNodes(stage);
  stage.create(
    `${node("worker-1")}\n---\n{apiVersion: v1, kind: Pod, metadata: {name: p, annotations: {embedded.asdic.dev/state: declared}}, spec: {containers: [{name: c, image: x}]}}`,
  );
  await settle();
  assert.equal(nodeNameOf(stage.pod("p")), "");
  assert.deepEqual(stage.events("p"), []);
});
