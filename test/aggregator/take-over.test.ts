import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { beginProgress } from "../../aggregator/begin-progress.ts";
import { findSurvivors } from "../../aggregator/launch/find-survivors.ts";
import { objectName } from "../../aggregator/launch/launch.ts";
import { parseExpectedNodes, recordExpectedNodes } from "../../aggregator/lease/expected-record.ts";
import { accountForGoneNodes, explainLoss, takeOver } from "../../aggregator/take-over.ts";
import { createExpectedResults } from "../../aggregator/state/expected-results.ts";
import { buildSummary } from "../../aggregator/status/build-status.ts";
import { createSupervisor } from "../../aggregator/watch/supervise.ts";
import type { JsonObject } from "../../core/contract/json.ts";
import type { ObjectMeta } from "../../core/contract/kubernetes-object.ts";
import { parsePodView } from "../../core/kubernetes/pod-view.ts";
import { startObjectServer } from "../cli/object-server.ts";
import { runSpec } from "./run-spec.ts";

const signal = AbortSignal.timeout(20_000);
const zip = (value: unknown): string => gzipSync(JSON.stringify(value)).toString("base64");
const meta = (plugin: string, node: string, own: Partial<ObjectMeta> = {}): ObjectMeta => ({
  name: objectName({ plugin, node }),
  namespace: "asdic",
  labels: { "asdic.dev/run": runSpec.runId, "asdic.dev/role": "plugin", "asdic.dev/plugin": plugin },
  annotations: { "asdic.dev/node": node },
  creationTimestamp: "2026-01-01T00:00:00Z",
  ...own,
});
const failed = { conditions: [{ type: "Failed", status: "True" }] };
const start = async () => {
  const server = await startObjectServer();
  const put = (kind: "Pod" | "Job", metadata: ObjectMeta, status?: JsonObject): void => {
    const [root, plural] = kind === "Pod" ? ["/api/v1", "pods"] : ["/apis/batch/v1", "jobs"];
    server.put(`${root}/namespaces/asdic/${plural}/${metadata.name}`, {
      apiVersion: kind === "Pod" ? "v1" : "batch/v1",
      kind,
      metadata,
      ...(status && { status }),
    });
  };
  return { cluster: server.cluster, put };
};
const createStage = () => {
  const results = createExpectedResults(() => new Date());
  const end = (result: ReturnType<typeof results.expect>, state: "failed" | "lost" | "timed-out", problem: { code: string; message: string }) =>
    results.update(result, { state, problem });
  const supervisor = createSupervisor({
    results,
    namespace: "asdic",
    nodes: { ready: Promise.resolve(), isSynced: () => true, all: () => [], find: () => undefined, onChange: () => () => undefined },
    events: { of: () => [] },
    isNamespaceGoing: () => false,
    containerOf: (plugin) => plugin,
    end,
    again: () => false,
  });
  return { results, supervisor, end };
};

describe("what an aggregator finds of one before it", () => {
  it("is every Job and every pod without one; of a Job that was made twice the second; nothing that is being deleted", async () => {
    const { cluster, put } = await start();
    put("Job", meta("one", "global"));
    put("Job", meta("one", "global", { name: objectName({ plugin: "one", node: "global", tries: 2 }) }));
    put("Pod", meta("one", "global", { name: "x", ownerReferences: [{ apiVersion: "batch/v1", kind: "Job", name: "j", uid: "u", controller: true }] }));
    put("Pod", meta("each", "n1"));
    put("Pod", meta("each", "n2", { deletionTimestamp: "2026-01-01T00:00:01Z" }));
    const { made: found, pods } = await findSurvivors(cluster, runSpec, signal);
    assert.deepEqual(
      found.map(({ plugin, node, tries, launched, isSpent }) => [plugin, node, tries, launched.kind, isSpent]),
      [
        ["one", "global", 2, "Job", false],
        ["each", "n1", 1, "Pod", false],
      ],
    );
    assert.equal(pods.length, 2);
  });

  it("is known by its pods at once, whatever group they are of, and is not made again", async () => {
    const { cluster, put } = await start();
    put("Pod", meta("each", "n1", { uid: "pod-1" }));
    const { results, supervisor, end } = createStage();
    const taken = takeOver((await findSurvivors(cluster, runSpec, signal)).made, { results, supervisor, lease: { inheritance: {} }, end });
    const result = results.find("each", "n1");
    assert.equal(supervisor.identify("pod-1"), result);
    assert.deepEqual([result?.state, taken.size], ["waiting", 1]);
  });

  it("is lost, and says how, where only the lost aggregator had it", async () => {
    const { cluster, put } = await start();
    put("Job", meta("spent", "global"), failed);
    const inheritance = {
      "asdic.dev/retired": zip([
        { plugin: "each", node: "n1" },
        { plugin: "each", node: "n2", code: "image-pull" },
      ]),
    };
    const { results, supervisor, end } = createStage();
    takeOver((await findSurvivors(cluster, runSpec, signal)).made, { results, supervisor, lease: { inheritance }, end });
    const told = [...results.all()].map(({ state, problem }) => [state, problem?.code, problem?.message.split(": ")[1]]);
    assert.deepEqual(told, [
      ["lost", "lost-with-aggregator", "its pod is gone since"],
      ["lost", "lost-with-aggregator", "its pod had been removed once it had come"],
      ["lost", "lost-with-aggregator", "it had ended as image-pull, and its pod had been removed"],
    ]);
  });

  it("keeps what the journal of the same pod has", () => {
    const { results, supervisor, end } = createStage();
    const result = results.expect("each", "n1");
    results.update(result, { state: "done" });
    takeOver([], { results, supervisor, lease: { inheritance: { "asdic.dev/retired": zip([{ plugin: "each", node: "n1" }]) } }, end });
    assert.deepEqual([result.state, result.problem], ["done", undefined]);
  });

  it("accounts for the nodes that went together with the lost aggregator, and for no node that the plugin was spared", async () => {
    const inheritance: Record<string, string> = {};
    const before = createStage();
    const log = { info: () => undefined, warn: (message: string) => assert.fail(message) };
    const lease = { inheritance, annotate: async (changes: object) => void Object.assign(inheritance, changes) };
    const record = recordExpectedNodes(lease, before.results, log);
    for (const node of ["stays", "goes", "tainted"]) before.results.expect("each", node);
    before.results.update(before.results.expect("each", "tainted"), { state: "skipped" });
    before.results.expect("once", "global");
    await record.settled();
    assert.deepEqual([record.isInherited("each"), recordExpectedNodes(lease, createStage().results, log).isInherited("each")], [false, true]);
    const { results, supervisor, end } = createStage();
    takeOver([], { results, supervisor, lease, end });
    assert.deepEqual(
      [...results.all()].map(({ node, state }) => `${node} ${state}`),
      ["stays waiting", "goes waiting"],
    );
    accountForGoneNodes(lease, { results, nodes: { find: (name) => (name === "stays" ? { metadata: { name } } : undefined) }, end });
    const told = [...results.all()].map(({ plugin, node, state, problem }) => [plugin, node, state, problem?.message.split(": ")[1]]);
    assert.deepEqual(told, [
      ["each", "stays", "waiting", undefined],
      ["each", "goes", "lost", "its node has left the cluster"],
    ]);
  });

  it("counts somebody else's text for nothing", () => {
    for (const text of ["", "x", gzipSync('{"each":"n1"}').toString("base64"), gzipSync("[").toString("base64")])
      assert.deepEqual(parseExpectedNodes({ "asdic.dev/expected": text }), {});
  });

  const pod = (exitCode: number | undefined) =>
    parsePodView({
      metadata: { name: "x", uid: "u" },
      status: { containerStatuses: [{ name: "sonobuoy-worker", state: exitCode === undefined ? { running: {} } : { terminated: { exitCode } } }] },
    });
  for (const [exitCode, wanted] of [
    [0, "lost-with-aggregator"],
    [1, undefined],
    [undefined, undefined],
  ] as const)
    it(`${wanted === undefined ? "is judged by what is seen" : "had been delivered"} where the worker ${exitCode === undefined ? "runs" : `has ended with ${exitCode}`}`, () => {
      const { results } = createStage();
      const result = results.expect("each", "n1");
      const launched = { kind: "Pod", name: "x", uid: "u" } as const;
      const taken = new Map([[result, { plugin: "each", node: "n1", tries: 1, launched, madeAt: new Date(0), isSpent: false }]]);
      assert.equal(explainLoss(result, taken, pod(exitCode))?.code, wanted);
      assert.equal(explainLoss(result, new Map(), pod(exitCode)), undefined, "of a result that this aggregator began");
    });
});

describe("a run that is taken up", () => {
  const startedAt = new Date("2026-01-01T00:00:00.000Z");
  const mark = { sha256: "ab", size: 1, at: "2026-01-01T00:01:00.000Z", outcome: "complete", holder: "pod-1" };
  const past = { startedAt: undefined, sealed: undefined };

  it("began when its first aggregator did", () => {
    const progress = beginProgress(past, { startedAt, inheritance: {} }, "asdic");
    assert.deepEqual([progress.phase, progress.startedAt], ["running", startedAt]);
  });

  it("is complete where its tarball is there", () => {
    const tarball = { name: "x.tar.gz", created: mark.at, sha256: "ab", size: 1 };
    const lease = { startedAt, inheritance: { "asdic.dev/sealed": JSON.stringify(mark) } };
    const progress = beginProgress({ startedAt, sealed: { tarball, finishedAt: new Date(mark.at) } }, lease, "asdic");
    assert.deepEqual([progress.phase, progress.tarball, progress.failure], ["complete", tarball, undefined]);
  });

  for (const text of [JSON.stringify(mark), "{"])
    it(`has failed where only the mark of a tarball is there (${text.slice(0, 5)}), with what to do first among its problems`, () => {
      const progress = beginProgress(past, { startedAt, inheritance: { "asdic.dev/sealed": text } }, "asdic");
      const results = createExpectedResults(() => new Date());
      const summary = buildSummary({ spec: runSpec, definitions: [], results, progress, pod: {}, now: new Date() });
      assert.deepEqual([summary.phase, summary.outcome, summary.problems[0]?.code], ["complete", "failed", "tarball-lost"]);
      assert.match(summary.problems[0]?.hint ?? "", /asdic delete -n asdic --wait/);
    });
});
