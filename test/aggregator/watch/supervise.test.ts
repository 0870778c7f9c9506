import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { createExpectedResults } from "../../../aggregator/state/expected-results.ts";
import type { ResultProblem } from "../../../aggregator/state/expected-results.ts";
import type { NodeWatch } from "../../../aggregator/watch/node-watch.ts";
import type { SeenPod } from "../../../aggregator/watch/pod-watch.ts";
import { createSupervisor } from "../../../aggregator/watch/supervise.ts";
import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { readSight } from "../causes/read-sight.ts";

type Ended = { readonly state: string; readonly code: string };

/** A supervisor over one result of a Job, two nodes that are well, and what it has decided. */
function start(isMadeAgain = false) {
  const results = createExpectedResults(() => new Date());
  const result = results.expect("example", "global");
  const ended: Ended[] = [];
  const again: string[] = [];
  const nodes = new Map<string, KubernetesObject>();
  const watch: NodeWatch = {
    ready: Promise.resolve(),
    isSynced: () => true,
    all: () => nodes.values(),
    find: (name) => nodes.get(name),
    onChange: () => () => undefined,
  };
  const supervisor = createSupervisor({
    results,
    namespace: "causes-rec",
    nodes: watch,
    events: { of: () => [] },
    isNamespaceGoing: () => false,
    containerOf: () => "plugin",
    end(one, state, problem: ResultProblem) {
      ended.push({ state, code: problem.code });
      results.update(one, { state, problem });
    },
    again(_, problem) {
      again.push(problem.code);
      return isMadeAgain;
    },
  });
  for (const name of ["worker-1", "worker-2"]) nodes.set(name, { metadata: { name }, status: { conditions: [{ type: "Ready", status: "True" }] } });
  return { results, result, supervisor, ended, again, nodes };
}

/** A recorded pod as the watch gives it, made for a Job. */
function podOf(fixture: string, gone = false): SeenPod {
  const { pod } = readSight(fixture);
  if (!pod) throw new Error(`${fixture} has no pod`);
  return { view: { ...pod, uid: "pod-1" }, controllerUid: "job-1", gone };
}

const job = { kind: "Job", name: "asdic-example", uid: "job-1" } as const;

describe("the supervisor", { concurrency: true }, () => {
  it("shows a cause at once", () => {
    const { result, supervisor, ended } = start();
    supervisor.claim(result, job);
    supervisor.see(podOf("invalid-image-name"));
    assert.equal(result.problem?.code, "invalid-image-name");
    assert.deepEqual(ended, []);
    supervisor.stop();
  });

  it("ends at once what has no grace", () => {
    const { result, supervisor, ended } = start();
    supervisor.claim(result, job);
    supervisor.see(podOf("init-failed"));
    assert.deepEqual(ended, [{ state: "failed", code: "init-failed" }]);
  });

  it("takes a cause back when it does not last", () => {
    const { result, supervisor, ended } = start();
    supervisor.claim(result, job);
    supervisor.see(podOf("image-not-found"));
    supervisor.see(podOf("running"));
    assert.deepEqual([result.problem, ended], [undefined, []]);
    supervisor.stop();
  });

  it("hides what a done file may still make untrue, and remembers it for what is collected", () => {
    const { result, supervisor } = start();
    supervisor.claim(result, job);
    supervisor.see(podOf("crashed"));
    assert.deepEqual([result.problem, result.cutShort?.code, result.collect], [undefined, "crashed", "ended"]);
    supervisor.stop();
  });

  it("sees the pod of a Job that it has not heard of yet", () => {
    const { result, supervisor } = start();
    supervisor.see(podOf("running"));
    supervisor.claim(result, job);
    assert.deepEqual([result.state, result.hasRun, supervisor.identify("pod-1")], ["running", true, result]);
  });

  it("shows what the API server refuses until it is taken", () => {
    const { result, supervisor } = start();
    supervisor.refuse(result, readSight("quota-exceeded").refusal);
    assert.equal(result.problem?.code, "quota-exceeded");
    supervisor.refuse(result, undefined);
    assert.equal(result.problem, undefined);
  });

  it("asks for another try of what was lost once its grace is over, and forgets the first pod but for its uploads", async () => {
    const { result, supervisor, ended, again } = start(true);
    supervisor.claim(result, job);
    supervisor.see(podOf("kubelet-refused"));
    await sleep(5300);
    assert.deepEqual([again, ended, result.hasRun], [["kubelet-refused"], [], false]);
    supervisor.release(result);
    supervisor.see(podOf("running"));
    assert.deepEqual([supervisor.podOf(result), supervisor.identify("pod-1")], [undefined, result]);
    supervisor.stop();
  });

  it("ends what was lost where there is no other try, and leaves it when its node comes back", async () => {
    const { result, supervisor, ended, nodes } = start();
    supervisor.claim(result, job);
    supervisor.see(podOf("running"));
    nodes.delete("worker-1");
    supervisor.seeNode("worker-1");
    assert.equal(result.problem?.code, "node-deleted");
    await sleep(5300);
    assert.deepEqual(ended, [{ state: "lost", code: "node-deleted" }]);
    nodes.set("worker-1", { metadata: { name: "worker-1" }, status: { conditions: [{ type: "Ready", status: "True" }] } });
    supervisor.seeNode("worker-1");
    assert.equal(result.state, "lost");
  });

  it("ends a result whose time is up and which has no pod at once", () => {
    const { results, result, supervisor, ended } = start();
    results.update(result, { timeUp: { of: "plugin", seconds: 90 } });
    supervisor.look(result);
    assert.deepEqual(ended, [{ state: "timed-out", code: "timed-out" }]);
  });

  it("tells a worker to collect whose pod is being deleted, where its own signal has not made it", async () => {
    const { results, result, supervisor } = start();
    supervisor.claim(result, job);
    const running = podOf("running");
    supervisor.see({ ...running, view: { ...running.view, deleting: true } });
    assert.equal(result.collect, undefined);
    await results.until(() => result.collect === "ended", AbortSignal.timeout(60_000));
    supervisor.stop();
  });

  it("tells nobody to collect where the plugin has not run yet, since it will be made once more", async () => {
    const { result, supervisor } = start();
    supervisor.claim(result, job);
    const waiting = podOf("image-not-found");
    supervisor.see({ ...waiting, view: { ...waiting.view, deleting: true } });
    await sleep(7000);
    assert.equal(result.collect, undefined);
    supervisor.stop();
  });
});
