import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { field } from "../../../../core/kubernetes/field.ts";
import { findCondition } from "../../../../embedded/objects/conditions.ts";
import type { Stage } from "./stage.ts";
import { createStage, shell } from "./stage.ts";

const sleeps = (name = "c"): ReturnType<typeof shell> => shell(name, "exec sleep 1000");
const isRunning: Parameters<Stage["until"]>[1] = ({ containers }) => containers.length > 0 && containers.every(({ state }) => state === "running");
const nodeOf = ({ api }: Stage) => api.get({ type: api.types.ofKind("v1", "Node") ?? assert.fail(), namespace: "", name: "worker-1" });
const leaseOf = ({ api }: Stage) =>
  api.get({ type: api.types.ofKind("coordination.k8s.io/v1", "Lease") ?? assert.fail(), namespace: "kube-node-lease", name: "worker-1" });

test("a node that lost its power tells nothing and answers nobody; after its start pods become what they become after a reboot", async (t) => {
  const stage = await createStage(t);
  stage.run("always", { terminationGracePeriodSeconds: 1, initContainers: [shell("i", "true")], containers: [sleeps()] });
  stage.run("never", { restartPolicy: "Never", containers: [sleeps()] });
  await stage.until("always", isRunning);
  const running = await stage.until("never", isRunning);
  await stage.kubelet.faults.lose();
  assert.deepEqual(stage.pod("never"), running);
  await assert.rejects(stage.readLog("never"), { name: "NodeUnreachable", message: "dial tcp 10.200.0.3:10250: connect: no route to host" });
  await assert.rejects(stage.kubelet.agent.fetch("/healthz"), { name: "NodeUnreachable" });
  await stage.kubelet.faults.start();
  const failed = await stage.until("never", ({ phase }) => phase === "Failed");
  const terminated = field(failed, "status", "containerStatuses", "0", "state", "terminated");
  assert.equal(field(terminated, "exitCode"), 255);
  assert.equal(field(terminated, "reason"), "Unknown");
  const again = await stage.until("always", (view, pod) => isRunning(view, pod) && field(pod, "status", "containerStatuses", "0", "restartCount") === 1);
  assert.equal(field(again, "status", "containerStatuses", "0", "lastState", "terminated", "reason"), "Unknown");
  assert.equal(field(again, "status", "initContainerStatuses", "0", "restartCount"), 1);
  assert.ok(stage.events("always").includes("Normal SandboxChanged : Pod sandbox changed, it will be killed and re-created."));
  assert.match(stage.events("worker-1").join("\n"), /Warning Rebooted : Node worker-1 has been rebooted, boot id: /);
});

test("a pod that was deleted while its node was lost goes when the node is back", async (t) => {
  const stage = await createStage(t);
  const pod = stage.run("deleted", { containers: [sleeps()] });
  await stage.until("deleted", isRunning);
  await stage.kubelet.faults.lose();
  stage.api.delete({ type: stage.api.types.ofKind("v1", "Pod") ?? assert.fail(), namespace: "default", name: pod.metadata.name }, {});
  assert.notEqual(stage.pod("deleted").metadata.deletionTimestamp, undefined);
  await stage.kubelet.faults.start();
  await stage.untilGone("deleted");
});

test("a frozen node stands still, and goes on where it was", async (t) => {
  const stage = await createStage(t);
  stage.run("runs", { terminationGracePeriodSeconds: 1, containers: [shell("c", "while true; do sleep 0.01; echo x; done")] });
  await stage.until("runs", isRunning);
  stage.kubelet.faults.freeze();
  const lease = leaseOf(stage);
  stage.run("later", { restartPolicy: "Never", containers: [shell("c", "true")] });
  await assert.rejects(stage.kubelet.agent.fetch("/healthz"), { name: "NodeUnreachable", message: "net/http: TLS handshake timeout" });
  assert.deepEqual(leaseOf(stage), lease);
  assert.equal(field(stage.pod("later"), "status", "startTime"), undefined);
  stage.kubelet.faults.thaw();
  await stage.until("later", ({ phase }) => phase === "Succeeded");
  assert.equal(field(stage.pod("runs"), "status", "containerStatuses", "0", "restartCount"), 0);
});

test("a node that is cut off runs on, and tells afterwards what happened", async (t) => {
  const stage = await createStage(t);
  const pod = stage.run("runs", { restartPolicy: "Never", containers: [sleeps()] });
  await stage.until("runs", isRunning);
  stage.kubelet.faults.cut();
  assert.equal(stage.kubelet.faults.killContainer(pod.metadata.uid ?? "", "c", "SIGKILL"), true);
  await assert.rejects(stage.kubelet.agent.fetch("/healthz"), { name: "NodeUnreachable" });
  assert.equal(field(stage.pod("runs"), "status", "phase"), "Running");
  stage.kubelet.faults.mend();
  const failed = await stage.until("runs", ({ phase }) => phase === "Failed");
  assert.equal(field(failed, "status", "containerStatuses", "0", "state", "terminated", "exitCode"), 137);
});

test("a container that somebody kills is started again", async (t) => {
  const stage = await createStage(t);
  const pod = stage.run("runs", { terminationGracePeriodSeconds: 1, containers: [sleeps()] });
  await stage.until("runs", isRunning);
  assert.equal(stage.kubelet.faults.killContainer(pod.metadata.uid ?? "", "c", "SIGKILL"), true);
  assert.equal(stage.kubelet.faults.killContainer(pod.metadata.uid ?? "", "none", "SIGKILL"), false);
  await stage.until("runs", (view, object) => isRunning(view, object) && field(object, "status", "containerStatuses", "0", "restartCount") === 1);
});

test("a full disk ends the pods that asked for nothing, and turns others away", async (t) => {
  const stage = await createStage(t);
  stage.run("modest", { terminationGracePeriodSeconds: 1, containers: [sleeps()] });
  stage.run("entitled", { terminationGracePeriodSeconds: 1, containers: [{ ...sleeps(), resources: { requests: { cpu: "10m" } } }] });
  await stage.until("modest", isRunning);
  await stage.until("entitled", isRunning);
  stage.kubelet.faults.fillDisk(true);
  assert.equal(findCondition(nodeOf(stage), "DiskPressure")?.["reason"], "KubeletHasDiskPressure");
  const evicted = await stage.until("modest", ({ phase, containers }) => phase === "Failed" && containers[0]?.state === "terminated");
  assert.equal(field(evicted, "status", "reason"), "Evicted");
  assert.match(
    String(field(evicted, "status", "message")),
    /^The node was low on resource: ephemeral-storage\. Threshold quantity: \d+, available: \d+Ki\. Container c was using 24Ki, request is 0, has larger consumption of ephemeral-storage\. $/,
  );
  assert.equal(findCondition(evicted, "DisruptionTarget")?.["reason"], "TerminationByKubelet");
  stage.run("late", { containers: [sleeps()] });
  const late = await stage.until("late", ({ phase }) => phase === "Failed");
  assert.equal(field(late, "status", "message"), "The node had condition: [DiskPressure]. ");
  assert.equal(field(stage.pod("entitled"), "status", "phase"), "Running");
  stage.kubelet.faults.fillDisk(false);
  assert.equal(findCondition(nodeOf(stage), "DiskPressure")?.["status"], "False");
});

test("nothing is left when it ends", async (t) => {
  const stage = await createStage(t);
  const pod = stage.run("runs", { terminationGracePeriodSeconds: 10_000, containers: [shell("c", "echo $$$$; trap '' TERM; sleep 1000; sleep 1000")] });
  await stage.until("runs", isRunning);
  const log = await stage.kubelet.agent.readLog(pod, { container: "c", previous: false, follow: true, timestamps: false, signal: stage.signal });
  let pid = Number.NaN;
  for await (const chunk of log) {
    pid = Number(String(chunk));
    break;
  }
  process.kill(pid, 0);
  await stage.kubelet.close();
  assert.ok(!existsSync(stage.folder));
  // A killed process is there until its parent has heard of it.
  for (let tries = 0; tries < 600 && isThere(pid); tries += 1) await sleep(50);
  assert.ok(!isThere(pid));
});

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
