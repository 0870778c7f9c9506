import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { allCauses } from "../../../aggregator/causes/all.ts";
import type { Sight } from "../../../aggregator/causes/cause.ts";
import { diagnose } from "../../../aggregator/causes/diagnose.ts";
import { parsePodView } from "../../../core/kubernetes/pod-view.ts";

/** Parts of a pod's status as kubelet and scheduler of v1.36 write them. */
const waiting = (name: string, reason: string, message = ""): object => ({ name, image: "example.test/plugin:v1", state: { waiting: { reason, message } } });
const running = (name: string): object => ({ name, state: { running: { startedAt: "2026-01-01T00:00:00Z" } } });
const ended = (name: string, exitCode: number, reason = exitCode === 0 ? "Completed" : "Error"): object => ({
  name,
  state: { terminated: { exitCode, reason } },
});
const worker = "sonobuoy-worker";

function look(status: object, more: Partial<Sight> = {}): Sight {
  const pod = parsePodView({ metadata: { name: "p", uid: "u" }, spec: { nodeName: "n" }, status });
  return { pod, podGone: false, nodeReady: true, nodeGone: false, workerContainer: worker, ...more };
}

const cases: readonly { readonly what: string; readonly sight: Sight; readonly code: string; readonly ends: string; readonly says: RegExp }[] = [
  {
    what: "no node fits",
    sight: look({
      phase: "Pending",
      conditions: [{ type: "PodScheduled", status: "False", reason: "Unschedulable", message: "0/3 nodes are available: 3 Insufficient cpu." }],
    }),
    code: "unschedulable",
    ends: "failed",
    says: /Insufficient cpu/,
  },
  {
    what: "the image can't be pulled",
    sight: look({ phase: "Pending", containerStatuses: [waiting("plugin", "ImagePullBackOff", "Back-off pulling image"), running(worker)] }),
    code: "image-pull",
    ends: "failed",
    says: /example\.test\/plugin:v1/,
  },
  {
    what: "the image of an init container can't be pulled",
    sight: look({ phase: "Pending", initContainerStatuses: [waiting("setup", "ErrImagePull", "not found")] }),
    code: "image-pull",
    ends: "failed",
    says: /setup.*not found/,
  },
  {
    what: "the image's name is none",
    sight: look({ containerStatuses: [waiting("plugin", "InvalidImageName", "couldn't parse")] }),
    code: "image-refused",
    ends: "failed",
    says: /couldn't parse/,
  },
  {
    what: "a ConfigMap is missing",
    sight: look({ containerStatuses: [waiting("plugin", "CreateContainerConfigError", 'configmap "x" not found'), running(worker)] }),
    code: "container-config",
    ends: "failed",
    says: /configmap "x" not found/,
  },
  {
    what: "an init container failed",
    sight: look({ phase: "Failed", initContainerStatuses: [ended("setup", 3)], containerStatuses: [waiting("plugin", "PodInitializing")] }),
    code: "init-failed",
    ends: "failed",
    says: /setup ended with exit code 3/,
  },
  {
    what: "the kubelet evicted the pod",
    sight: look({ phase: "Failed", reason: "Evicted", message: "The node was low on memory" }),
    code: "evicted",
    ends: "lost",
    says: /low on memory/,
  },
  {
    what: "the worker died",
    sight: look({ phase: "Running", containerStatuses: [running("plugin"), ended(worker, 137, "OOMKilled")] }),
    code: "worker-lost",
    ends: "failed",
    says: /137.*OOMKilled/,
  },
  { what: "the pod was deleted", sight: look({ phase: "Running" }, { podGone: true }), code: "pod-deleted", ends: "lost", says: /deleted/ },
  {
    what: "the node doesn't answer",
    sight: look({ phase: "Running", containerStatuses: [running("plugin"), running(worker)] }, { nodeReady: false }),
    code: "node-not-ready",
    ends: "lost",
    says: /not ready/,
  },
  { what: "the node has left", sight: look({ phase: "Running" }, { nodeGone: true, podGone: true }), code: "node-deleted", ends: "lost", says: /removed/ },
];

describe("diagnose", () => {
  for (const { what, sight, code, ends, says } of cases)
    it(`names it when ${what}: ${code}`, () => {
      const { problem } = diagnose(sight);
      assert.deepEqual([problem?.code, problem?.ends], [code, ends]);
      assert.match(problem?.message ?? "", says);
      assert.ok((problem?.hint?.length ?? 0) > 10 && problem?.evidence !== undefined);
    });

  it("has a case for every cause, and every cause's file is in the list", () => {
    const files = readdirSync(join(import.meta.dirname, "../../../aggregator/causes")).filter((name) => !["all.ts", "cause.ts", "diagnose.ts"].includes(name));
    assert.equal(files.length, allCauses.length);
    assert.deepEqual(
      allCauses.map(({ code }) => code).filter((code) => !cases.some((each) => each.code === code)),
      [],
    );
  });

  const states: readonly [string, Sight, string, boolean][] = [
    ["nothing is there yet", { ...look({}), pod: undefined }, "waiting", false],
    [
      "containers are being made",
      look({ containerStatuses: [waiting("plugin", "ContainerCreating"), waiting(worker, "ContainerCreating")] }),
      "scheduled",
      false,
    ],
    ["the plugin runs", look({ containerStatuses: [running("plugin"), running(worker)] }), "running", false],
    ["the plugin has ended beside a sidecar", look({ containerStatuses: [ended("plugin", 0), running("sidecar"), running(worker)] }), "running", false],
    ["all but the worker have ended", look({ containerStatuses: [ended("plugin", 0), ended("sidecar", 0), running(worker)] }), "running", true],
  ];
  for (const [what, sight, state, allEnded] of states)
    it(`is ${state} when ${what}`, () => {
      const diagnosis = diagnose(sight);
      assert.deepEqual([diagnosis.state, diagnosis.allEnded, diagnosis.problem], [state, allEnded, undefined]);
    });
});
