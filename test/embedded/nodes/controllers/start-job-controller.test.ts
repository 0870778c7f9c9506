import assert from "node:assert/strict";
import { test } from "node:test";
import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { field } from "../../../../core/kubernetes/field.ts";
import { startJobController } from "../../../../embedded/nodes/controllers/job/start-job-controller.ts";
import { keyOf } from "../../../../embedded/objects/object-key.ts";
import { isActive } from "../../../../embedded/objects/pod-state.ts";
import type { Stage } from "../stage.ts";
import { conditionsOf, ended, openStage, running, settle } from "../stage.ts";

const jobOf = (spec = "", restartPolicy = "Never"): string =>
  `{apiVersion: batch/v1, kind: Job, metadata: {name: j}, spec: {template: {spec: {restartPolicy: ${restartPolicy}, containers: [{name: c, image: x}]}}${spec}}}`;

function startJob(t: Parameters<typeof openStage>[0], yaml: string) {
  const stage = openStage(t);
  startJobController(stage.cluster);
  stage.create(yaml);
  const job = (): KubernetesObject | undefined => stage.find("batch/v1", "Job", "j");
  const status = (name: string): unknown => field(job(), "status", name);
  return { ...stage, job, status, active: () => stage.pods().filter(isActive) };
}

const endNow = (phase: "Succeeded" | "Failed", { clock }: Stage) => ended(phase, clock.now().toISOString());

const limitReached = "True|BackoffLimitExceeded|Job has reached the specified backoff limit";

test("a Job runs as many pods at once as it may, and is complete when enough of them succeeded", async (t) => {
  const stage = startJob(t, jobOf(", parallelism: 2, completions: 3"));
  await settle();
  assert.equal(stage.active().length, 2);
  assert.deepEqual([stage.status("active"), stage.status("ready"), stage.status("terminating")], [2, 0, 0]);
  assert.deepEqual(stage.pods()[0]?.metadata["finalizers"], ["batch.kubernetes.io/job-tracking"]);
  for (let end = 0; end < 3; end += 1) {
    const [pod] = stage.active();
    assert.ok(pod);
    stage.report(pod, endNow("Succeeded", stage));
    await settle();
  }
  assert.equal(stage.pods().length, 3);
  assert.deepEqual(
    stage.pods().flatMap((pod) => pod.metadata["finalizers"] ?? []),
    [],
  );
  const met = "True|CompletionsReached|Reached expected number of succeeded pods";
  assert.deepEqual(conditionsOf(stage.job()), [`SuccessCriteriaMet|${met}`, `Complete|${met}`]);
  assert.deepEqual([stage.status("succeeded"), stage.status("active"), stage.status("failed")], [3, undefined, undefined]);
  assert.ok(stage.status("completionTime"));
  assert.equal(stage.events("j").filter((event) => event.startsWith("Normal SuccessfulCreate: Created pod: j-")).length, 3);
  assert.equal(stage.events("j").at(-1), "Normal Completed: Job completed");
});

test("a Job without retries fails with its first pod", async (t) => {
  const stage = startJob(t, jobOf(", backoffLimit: 0"));
  await settle();
  const [pod] = stage.pods();
  assert.ok(pod);
  stage.report(pod, endNow("Failed", stage));
  await settle();
  assert.deepEqual(conditionsOf(stage.job()), [`FailureTarget|${limitReached}`, `Failed|${limitReached}`]);
  assert.deepEqual([stage.status("failed"), stage.pods().length], [1, 1]);
  assert.equal(stage.events("j").at(-1), "Warning BackoffLimitExceeded: Job has reached the specified backoff limit");
});

test("a pod that failed is replaced after ten seconds, the next one after twenty", async (t) => {
  const stage = startJob(t, jobOf());
  await settle();
  for (const seconds of [10, 20]) {
    const [pod] = stage.active();
    assert.ok(pod);
    stage.report(pod, endNow("Failed", stage));
    await settle();
    stage.clock.move(seconds * 1000 - 3000);
    await settle();
    assert.equal(stage.active().length, 0);
    stage.clock.move(4000);
    await settle();
    assert.equal(stage.active().length, 1);
  }
});

test("a kubelet's restarts count against the limit, and the pod is deleted before the Job has failed", async (t) => {
  const stage = startJob(t, jobOf(", backoffLimit: 1", "OnFailure"));
  await settle();
  const [pod] = stage.pods();
  assert.ok(pod);
  stage.api.modify(keyOf(stage.api, pod), (old) => ({ ...old, spec: { ...(old["spec"] as object), nodeName: "n" } }), { subresource: "binding" });
  stage.report(pod, { ...running, containerStatuses: [{ name: "c", ready: true, restartCount: 1, image: "x", imageID: "" }] });
  await settle();
  assert.deepEqual(conditionsOf(stage.job()), [`FailureTarget|${limitReached}`]);
  assert.deepEqual([stage.status("terminating"), stage.status("failed"), stage.status("active")], [1, 1, undefined]);
  stage.api.delete(keyOf(stage.api, pod), { gracePeriodSeconds: 0 });
  await settle();
  assert.deepEqual(conditionsOf(stage.job()), [`FailureTarget|${limitReached}`, `Failed|${limitReached}`]);
});

test("a Job is ended at its deadline", async (t) => {
  const stage = startJob(t, jobOf(", activeDeadlineSeconds: 60"));
  await settle();
  stage.clock.move(61_000);
  await settle();
  const over = "True|DeadlineExceeded|Job was active longer than specified deadline";
  assert.deepEqual(conditionsOf(stage.job()), [`FailureTarget|${over}`, `Failed|${over}`]);
  assert.deepEqual([stage.pods().length, stage.status("failed")], [0, 1]);
});

test("a suspended Job has no pods and counts none that it took away", async (t) => {
  const stage = startJob(t, jobOf());
  await settle();
  const suspend = (value: boolean): void => {
    const job = stage.job();
    assert.ok(job);
    stage.api.modify(keyOf(stage.api, job), (old) => ({ ...old, spec: { ...(old["spec"] as object), suspend: value } }));
  };
  suspend(true);
  await settle();
  assert.deepEqual(conditionsOf(stage.job()), ["Suspended|True|JobSuspended|Job suspended"]);
  assert.deepEqual([stage.pods().length, stage.status("failed"), stage.status("startTime")], [0, undefined, undefined]);
  suspend(false);
  await settle();
  assert.deepEqual(conditionsOf(stage.job()), ["Suspended|False|JobResumed|Job resumed"]);
  assert.equal(stage.active().length, 1);
});

test("a Job whose pods are refused says so and tries again", async (t) => {
  const stage = startJob(t, jobOf().replace("restartPolicy", "serviceAccountName: nobody, restartPolicy"));
  await settle();
  const refusal =
    /^Warning FailedCreate: Error creating: pods "j-\w*" is forbidden: error looking up service account ns\/nobody: serviceaccount "nobody" not found$/;
  assert.match(stage.events("j")[0] ?? "", refusal);
  assert.deepEqual([stage.status("active"), stage.status("ready")], [undefined, 0]);
  stage.create("{apiVersion: v1, kind: ServiceAccount, metadata: {name: nobody}}");
  stage.clock.move(1000);
  await settle();
  assert.equal(stage.active().length, 1);
});

test("a Job that ended is deleted when its time is over", async (t) => {
  const stage = startJob(t, jobOf(", ttlSecondsAfterFinished: 100, completions: 0"));
  await settle();
  assert.equal(conditionsOf(stage.job()).length, 2);
  stage.clock.move(101_000);
  await settle();
  assert.deepEqual(stage.job()?.metadata["finalizers"], ["foregroundDeletion"]);
});

test("pods of a Job that is gone are let go", async (t) => {
  const stage = startJob(t, jobOf());
  await settle();
  const job = stage.job();
  assert.ok(job);
  stage.api.delete(keyOf(stage.api, job), { propagationPolicy: "Background" });
  await settle();
  assert.deepEqual(
    stage.pods().map(({ metadata }) => metadata["finalizers"] ?? []),
    [[]],
  );
});
