import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonObject } from "../../../../core/contract/json.ts";
import { field } from "../../../../core/kubernetes/field.ts";
import { createStage, image, shell } from "./stage.ts";

const pulled = `Container image "${image}" already present on machine and can be accessed by the pod`;

test("a pod that ends well is Succeeded, with its last words, its log and the kubelet's events", async (t) => {
  const stage = await createStage(t);
  stage.run("ok", { restartPolicy: "Never", containers: [shell("c", "echo hi; echo msg > /dev/termination-log")] });
  const pod = await stage.until("ok", ({ phase, conditions }) => phase === "Succeeded" && conditions[0]?.status === "False");
  const conditions = field(pod, "status", "conditions");
  assert.ok(Array.isArray(conditions));
  assert.deepEqual(
    conditions.map((condition) => [field(condition, "type"), field(condition, "status"), field(condition, "reason")]),
    [
      ["PodReadyToStartContainers", "False", undefined],
      ["Initialized", "True", "PodCompleted"],
      ["Ready", "False", "PodCompleted"],
      ["ContainersReady", "False", "PodCompleted"],
      ["PodScheduled", "True", undefined],
    ],
  );
  assert.equal(field(pod, "status", "podIP"), "10.244.1.2");
  assert.equal(field(pod, "status", "hostIP"), "10.200.0.3");
  assert.equal(field(pod, "status", "qosClass"), "BestEffort");
  const status = field(pod, "status", "containerStatuses", "0");
  assert.equal(field(status, "state", "terminated", "message"), "msg\n");
  assert.equal(field(status, "state", "terminated", "reason"), "Completed");
  assert.match(String(field(status, "containerID")), /^containerd:\/\/[0-9a-f]{64}$/);
  assert.equal(await stage.readLog("ok"), "hi\n");
  assert.deepEqual(stage.events("ok"), [
    `Normal Pulled spec.containers{c}: ${pulled}`,
    "Normal Created spec.containers{c}: Container created",
    "Normal Started spec.containers{c}: Container started",
  ]);
});

test("a container that crashes is started again after waits that double, and keeps its last end", async (t) => {
  const stage = await createStage(t, { crashBackOff: { first: 10_000, last: 300_000 } });
  stage.run("crash", { containers: [shell("c", "echo boom; exit 3", { terminationMessagePolicy: "FallbackToLogsOnError" })] });
  const pod = await stage.until("crash", ({ containers }) => containers[0]?.reason === "CrashLoopBackOff");
  const status = field(pod, "status", "containerStatuses", "0");
  const { uid } = pod.metadata;
  // The first failure is tried again at once.
  assert.equal(field(status, "restartCount"), 1);
  assert.equal(field(status, "state", "waiting", "message"), `back-off 10s restarting failed container=c pod=crash_default(${uid})`);
  assert.equal(field(status, "lastState", "terminated", "exitCode"), 3);
  assert.equal(field(status, "lastState", "terminated", "message"), "boom\n");
  assert.equal(field(pod, "status", "phase"), "Running");
  assert.ok(stage.events("crash").includes(`Warning BackOff spec.containers{c}: Back-off restarting failed container c in pod crash_default(${uid})`));
  assert.equal(await stage.readLog("crash", { previous: true }), "boom\n");
});

test("of a pod with failed containers the phase follows its restart policy", async (t) => {
  const stage = await createStage(t);
  const containers = [shell("c", "exit 0"), shell("d", "exit 4")];
  stage.run("never", { restartPolicy: "Never", containers });
  stage.run("on-failure", { restartPolicy: "OnFailure", containers: [shell("c", "exit 0"), shell("d", "test -e $HOSTNAME-x && exit 0; exit 4")] });
  const never = await stage.until("never", ({ phase }) => phase === "Failed");
  assert.equal(field(never, "status", "containerStatuses", "1", "state", "terminated", "reason"), "Error");
  const again = await stage.until("on-failure", (_view, pod) => Number(field(pod, "status", "containerStatuses", "1", "restartCount")) > 1);
  assert.equal(field(again, "status", "containerStatuses", "0", "restartCount"), 0);
  assert.equal(field(again, "status", "phase"), "Running");
});

test("init containers run one after the other, and the pod waits for them", async (t) => {
  const stage = await createStage(t);
  const volumeMounts = [{ name: "v", mountPath: "/v" }];
  const step = (name: string): JsonObject => shell(name, `echo ${name} >> /v/steps`, { volumeMounts });
  stage.run("steps", {
    restartPolicy: "Never",
    volumes: [{ name: "v", emptyDir: {} }],
    initContainers: [step("one"), step("two")],
    containers: [shell("c", "cat /v/steps", { volumeMounts })],
  });
  await stage.until("steps", ({ phase }) => phase === "Succeeded");
  assert.equal(await stage.readLog("steps"), "one\ntwo\n");
  stage.run("fails", { restartPolicy: "Never", initContainers: [shell("i", "exit 4")], containers: [shell("c", "true")] });
  const failed = await stage.until("fails", ({ phase }) => phase === "Failed");
  assert.equal(field(failed, "status", "containerStatuses", "0", "state", "waiting", "reason"), "PodInitializing");
  assert.equal(field(failed, "status", "initContainerStatuses", "0", "state", "terminated", "exitCode"), 4);
  stage.run("retries", { initContainers: [shell("i", "exit 4")], containers: [shell("c", "true")] });
  const retried = await stage.until("retries", ({ initContainers }) => initContainers[0]?.reason === "CrashLoopBackOff");
  assert.equal(field(retried, "status", "phase"), "Pending");
  assert.equal(field(retried, "status", "conditions", "1", "message"), "containers with incomplete status: [i]");
  assert.equal(field(retried, "status", "containerStatuses", "0", "state", "waiting", "reason"), "PodInitializing");
});

test("a sidecar runs beside the containers and ends after them, without counting for the phase", async (t) => {
  const stage = await createStage(t);
  stage.run("with-sidecar", {
    restartPolicy: "Never",
    terminationGracePeriodSeconds: 1,
    initContainers: [shell("side", "trap 'exit 0' TERM; sleep 1000 & wait", { restartPolicy: "Always" })],
    containers: [shell("c", "true")],
  });
  const pod = await stage.until("with-sidecar", ({ phase }) => phase === "Succeeded");
  assert.notEqual(field(pod, "status", "initContainerStatuses", "0", "state", "terminated"), undefined);
});

test("a pod whose deadline is over has failed, whatever it does", async (t) => {
  const stage = await createStage(t);
  stage.run("deadline", { activeDeadlineSeconds: 1, containers: [shell("c", "trap 'exit 0' TERM; sleep 1000 & wait")] });
  const pod = await stage.until("deadline", ({ phase, containers }) => phase === "Failed" && containers[0]?.state === "terminated");
  assert.equal(field(pod, "status", "reason"), "DeadlineExceeded");
  assert.equal(field(pod, "status", "message"), "Pod was active on the node longer than the specified deadline");
});

test("made-up pods are left as they are written, and their logs are their annotations", async (t) => {
  const stage = await createStage(t);
  const annotations = { "embedded.asdic.dev/state": "declared", "embedded.asdic.dev/logs.c": "one\ntwo\n" };
  stage.run("declared", { containers: [shell("c", "true")] }, { annotations });
  stage.run("real", { restartPolicy: "Never", containers: [shell("c", "true")] });
  await stage.until("real", ({ phase }) => phase === "Succeeded");
  assert.equal(field(stage.pod("declared"), "status", "containerStatuses"), undefined);
  assert.equal(await stage.readLog("declared", { tailLines: 1 }), "two\n");
});
