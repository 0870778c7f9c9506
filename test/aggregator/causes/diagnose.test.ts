import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { allCauses } from "../../../aggregator/causes/all.ts";
import type { Sight } from "../../../aggregator/causes/cause.ts";
import { diagnose } from "../../../aggregator/causes/diagnose.ts";
import { parsePodView } from "../../../core/kubernetes/pod-view.ts";
import { readSight, sightsFolder } from "./read-sight.ts";

/** A file of test/fixtures/causes, its code, how it ends after how many seconds, and what its sentence says. */
type Row = readonly [fixture: string, code: string, ends: "failed" | "lost" | "timed-out", grace: number, says: RegExp];

const rows: readonly Row[] = [
  ["result-too-large", "result-too-large", "failed", 0, /204800 bytes/],
  ["result-missing", "result-missing", "failed", 0, /\/tmp\/nowhere/],
  ["result-unreadable", "result-unreadable", "failed", 0, /in the middle of an entry/],
  ["upload-refused", "upload-refused", "failed", 0, /\(422\): The upload's file name is not a plain name/],
  ["timed-out", "timed-out", "timed-out", 25, /No result had come when its time of 90 s was up/],
  ["run-timed-out", "run-timed-out", "timed-out", 25, /the run's time of 21600 s was up: No node can take the pod/],
  ["namespace-deleted", "namespace-deleted", "lost", 5, /Namespace causes-rec is being deleted/],
  ["namespace-deleted-watched", "namespace-deleted", "lost", 5, /Namespace causes-rec is being deleted/],
  ["node-deleted", "node-deleted", "lost", 5, /worker-1 was removed/],
  ["node-not-ready", "node-not-ready", "lost", 20, /worker-1 is not ready: Kubelet stopped posting node status/],
  ["node-not-ready-said", "node-not-ready", "lost", 60, /worker-2 is not ready: container runtime is down/],
  ["preempted", "preempted", "lost", 20, /higher priority/],
  ["node-drained", "node-drained", "lost", 20, /is being drained, and the pod was evicted/],
  ["kubelet-refused", "kubelet-refused", "lost", 5, /OutOfcpu.*requested: 1000000/],
  ["evicted", "evicted", "lost", 5, /Evicted.*EmptyDir volume "e" exceeds the limit "5Mi"/],
  ["evicted-deadline", "evicted", "lost", 5, /DeadlineExceeded/],
  ["pod-deleted", "pod-deleted", "lost", 20, /was deleted before/],
  ["pod-deleted-gone", "pod-deleted", "lost", 5, /was deleted before/],
  ["quota-exceeded", "quota-exceeded", "failed", 30, /exceeded quota: q, requested: pods=1/],
  ["quota-exceeded-job", "quota-exceeded", "failed", 30, /exceeded quota: q/],
  ["pod-security", "pod-security", "failed", 0, /violates PodSecurity "restricted:latest"/],
  ["pod-security-job", "pod-security", "failed", 0, /violates PodSecurity "restricted:latest"/],
  ["webhook-refused", "webhook-refused", "failed", 0, /images must come from registry\.example\.test/],
  ["webhook-refused-policy", "webhook-refused", "failed", 0, /no pods on Sundays/],
  ["webhook-refused-down", "webhook-refused", "failed", 30, /can't be asked.*connection refused/],
  ["webhook-refused-job", "webhook-refused", "failed", 30, /can't be asked.*connection refused/],
  ["rbac-refused", "rbac-refused", "failed", 10, /cannot create resource "pods"/],
  ["object-refused", "object-refused", "failed", 10, /maximum memory usage per Container is 8Mi/],
  ["object-refused-trouble", "object-refused", "failed", 60, /can't make the plugin's pod \(500\): etcdserver: request timed out/],
  ["wrong-platform", "wrong-platform", "failed", 5, /no match for platform/],
  ["wrong-platform-exec", "wrong-platform", "failed", 5, /exec format error/],
  ["image-refused", "image-refused", "failed", 20, /refuses image registry\.asdic\.test:5001\/anything:v1/],
  ["image-not-found", "image-not-found", "failed", 20, /no image registry\.asdic\.test:5000\/does-not-exist:v1/],
  ["image-not-found-by-event", "image-not-found", "failed", 20, /no image registry\.asdic\.test:5000\/does-not-exist:v1/],
  ["init-image-not-found", "image-not-found", "failed", 20, /container setup/],
  ["registry-unreachable", "registry-unreachable", "failed", 60, /dial tcp 10\.200\.0\.1:5999: connect: connection refused/],
  ["image-pull", "image-pull", "failed", 60, /no space left on device/],
  ["invalid-image-name", "invalid-image-name", "failed", 5, /couldn't parse image name/],
  ["image-never-pulled", "image-never-pulled", "failed", 5, /imagePullPolicy Never/],
  ["container-config", "container-config", "failed", 30, /configmap "no-such" not found/],
  ["container-create", "container-create", "failed", 30, /seccomp profile/],
  ["container-start", "container-start", "failed", 10, /\/no\/such\/program/],
  ["init-failed", "init-failed", "failed", 0, /setup ends with exit code 3: no disk/],
  ["init-failed-loop", "init-failed", "failed", 60, /setup ends with exit code 4 again and again \(\d restarts\): again no disk/],
  ["out-of-memory", "out-of-memory", "failed", 120, /Container plugin ran out of memory/],
  ["out-of-memory-worker", "out-of-memory", "failed", 10, /worker beside the plugin ran out of memory/],
  ["crashed", "crashed", "failed", 120, /exit code 7 and wrote no done file; its last words: the disk is full/],
  ["worker-lost", "worker-lost", "failed", 10, /exit code 70 \(Error\).*: bug: it broke/],
  ["worker-unreachable", "worker-unreachable", "lost", 300, /no way through the API server could be made: .* cannot get resource "pods\/exec"/],
  ["worker-unreachable-ended", "worker-unreachable", "lost", 60, /no way through the API server could be made/],
  ["volume-failed", "volume-failed", "failed", 45, /configmap "no-such" not found/],
  ["volume-failed-claim", "volume-failed", "failed", 45, /unbound immediate PersistentVolumeClaims/],
  ["sandbox-failed", "sandbox-failed", "failed", 45, /ping_group_range: invalid argument/],
  ["unschedulable", "unschedulable", "failed", 120, /2 Insufficient cpu/],
  ["unschedulable-scale-up", "unschedulable", "failed", 600, /an autoscaler is bringing one/],
  ["unschedulable-nominated", "unschedulable", "failed", 600, /an autoscaler is bringing one/],
  ["unschedulable-no-scale-up", "unschedulable", "failed", 30, /the autoscaler can bring none/],
];

/** What the files of aggregator/causes hold beside the causes. */
const helpers = [
  "all.ts",
  "cause.ts",
  "describe-time-up.ts",
  "diagnose.ts",
  "evidence.ts",
  "find-pull-failure.ts",
  "parse-pull-failure.ts",
  "parse-refusal.ts",
];

/** Recorded for what is no cause. */
const healthy = ["running"];

describe("diagnose", () => {
  for (const [fixture, code, ends, grace, says] of rows)
    it(`names ${code} in ${fixture}, with what can be done and the facts`, () => {
      const { problem, verdict } = diagnose(readSight(fixture));
      assert.deepEqual([problem?.code, verdict?.ends, verdict?.graceSeconds], [code, ends, grace]);
      assert.match(problem?.message ?? "", says);
      assert.ok((problem?.message.length ?? 0) < 900 && !problem?.message.includes("\n"), problem?.message);
      assert.match(problem?.hint ?? "", /`[a-z]+ [^`]+`|--[a-z]|plugin example|in the plugin's file/);
      const evidence = JSON.stringify(problem?.evidence);
      assert.ok(evidence.length > 20 || verdict?.ends === "timed-out", evidence);
      assert.ok(evidence.length < 16_384, String(evidence.length));
    });

  it("has a row and a fixture for every cause, and every cause's file is in the list", () => {
    const files = readdirSync(join(import.meta.dirname, "../../../aggregator/causes")).filter((name) => !helpers.includes(name));
    assert.deepEqual(files.toSorted(), allCauses.map(({ code }) => `${code}.ts`).toSorted());
    assert.deepEqual(
      allCauses.map(({ code }) => code).filter((code) => !rows.some(([, named]) => named === code)),
      [],
    );
    assert.deepEqual(readdirSync(sightsFolder).toSorted(), [...rows.map(([fixture]) => fixture), ...healthy].map((name) => `${name}.json`).toSorted());
  });

  it("keeps a failed container's last log lines and the pod's events as evidence", () => {
    const evidence = diagnose(readSight("image-refused")).problem?.evidence as {
      containers: { name: string; message: string }[];
      events: { reason: string }[];
    };
    assert.match(evidence.containers[0]?.message ?? "", /authorization failed/);
    assert.ok(evidence.events.some(({ reason }) => reason === "Failed"));
    const crashed = diagnose(readSight("crashed")).problem?.evidence as { containers: { message: string }[] };
    assert.equal(crashed.containers[0]?.message, "first\nthe disk is full\n");
  });

  it("finds nothing wrong with a pod that runs on a node that is well", () => {
    const { problem, state, hasRun } = diagnose(readSight("running"));
    assert.deepEqual([problem, state, hasRun], [undefined, "running", true]);
  });

  it("says of a container that could not be started that nothing has run", () => {
    assert.deepEqual([diagnose(readSight("container-start")).hasRun, diagnose(readSight("crashed")).hasRun], [false, true]);
  });

  const waiting = (name: string, reason: string): object => ({ name, state: { waiting: { reason } } });
  const running = (name: string): object => ({ name, state: { running: { startedAt: "2026-01-01T00:00:00Z" } } });
  const ended = (name: string): object => ({ name, state: { terminated: { exitCode: 0, reason: "Completed" } } });
  const worker = "sonobuoy-worker";
  const look = (...containerStatuses: readonly object[]): Sight => ({
    ...readSight("running"),
    pod: parsePodView({ metadata: { name: "p", uid: "u" }, spec: { nodeName: "n" }, status: { containerStatuses } }),
  });

  const states: readonly [string, Sight, string, boolean][] = [
    ["nothing is there yet", { ...look(), pod: undefined }, "waiting", false],
    ["containers are being made", look(waiting("plugin", "ContainerCreating"), waiting(worker, "ContainerCreating")), "scheduled", false],
    ["the plugin runs", look(running("plugin"), running(worker)), "running", false],
    ["the plugin has ended beside a sidecar", look(ended("plugin"), running("sidecar"), running(worker)), "running", false],
    ["all but the worker have ended", look(ended("plugin"), ended("sidecar"), running(worker)), "running", true],
  ];
  for (const [what, sight, state, allEnded] of states)
    it(`is ${state} when ${what}`, () => {
      const diagnosis = diagnose(sight);
      assert.deepEqual([diagnosis.state, diagnosis.allEnded, diagnosis.problem], [state, allEnded, undefined]);
    });
});
