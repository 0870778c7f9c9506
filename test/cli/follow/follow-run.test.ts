import assert from "node:assert/strict";
import { test } from "node:test";
import { followRun } from "../../../cli/follow/follow-run.ts";
import { waitForRun } from "../../../cli/follow/wait-for-run.ts";
import { isKnownError } from "../../../core/contract/known-error.ts";
import type { RunSummary } from "../../../core/contract/run-status.ts";
import { plugin, summary } from "../definitions.ts";
import { startObjectServer, type ObjectServer } from "../object-server.ts";

const deployment = "/apis/apps/v1/namespaces/asdic/deployments/asdic-aggregator";
const pod = "/api/v1/namespaces/asdic/pods/asdic-aggregator-1";
const putDeployment = (server: ObjectServer): void =>
  server.put(deployment, { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "asdic-aggregator", namespace: "asdic" } });
const putPod = (server: ObjectServer, published: RunSummary | undefined): void =>
  server.put(pod, {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "asdic-aggregator-1", namespace: "asdic", ...(published && { annotations: { "asdic.dev/status": JSON.stringify(published) } }) },
  });

test("a run is followed from where it is to its deletion", async () => {
  const server = await startObjectServer();
  putDeployment(server);
  const phases: unknown[] = [];
  const following = (async () => {
    for await (const { summary: seen } of followRun(server.cluster, { namespace: "asdic", signal: AbortSignal.timeout(20_000) })) {
      if (seen?.phase !== phases.at(-1) || phases.length === 0) phases.push(seen?.phase);
      if (seen === undefined) putPod(server, summary());
      else if (seen.phase === "running") putPod(server, summary({ phase: "complete" }));
      else server.remove(deployment);
    }
  })();
  await assert.rejects(following, (error) => isKnownError(error) && error.code === "run-incomplete" && error.exitCode === 4);
  assert.deepEqual(phases, [undefined, "running", "complete"]);
});

test("a run that is gone already is told at once, as one that did not finish", async () => {
  const server = await startObjectServer();
  await assert.rejects(
    followRun(server.cluster, { namespace: "asdic", signal: AbortSignal.timeout(20_000) }).next(),
    (error) => isKnownError(error) && error.exitCode === 4 && /was deleted/.test(error.message),
  );
});

test("who may not watch is told, and does not wait", async () => {
  const server = await startObjectServer(({ path }) => (path.endsWith("/pods") ? 403 : undefined));
  putDeployment(server);
  await assert.rejects(
    followRun(server.cluster, { namespace: "asdic", signal: AbortSignal.timeout(20_000) }).next(),
    (error) => isKnownError(error) && error.exitCode === 3,
  );
});

type Printed = { out: string };
const context = (printed: Printed, signal: AbortSignal) => ({
  output: { out: (text: string) => void (printed.out += text), err() {}, isTerminal: false, columns: 80, colours: false },
  environment: {},
  signal,
  now: () => new Date("2026-01-02T03:05:00.000Z"),
  cwd: import.meta.dirname,
  setExitCode() {},
});
const limit = { seconds: 60, message: "The time is up." };

test("waiting ends with the run, and shows each change on its way", async () => {
  const server = await startObjectServer();
  putDeployment(server);
  putPod(server, summary({ phase: "complete", outcome: "complete", plugins: [plugin({ states: { done: 1 } })] }));
  const printed = { out: "" };
  const ended = await waitForRun(context(printed, new AbortController().signal), server.cluster, { namespace: "asdic", limit });
  assert.equal(ended.outcome, "complete");
  assert.equal(printed.out, "Run abcd1234 in namespace asdic: complete.\nsmoke: 1 expected, 1 done\n");
});

test("when the time is up, it says how to come back", async () => {
  const server = await startObjectServer();
  putDeployment(server);
  const waiting = waitForRun(context({ out: "" }, new AbortController().signal), server.cluster, { namespace: "asdic", limit: { ...limit, seconds: 0.05 } });
  await assert.rejects(
    waiting,
    (error) =>
      isKnownError(error) && error.exitCode === 4 && error.message === "The time is up." && (error.hint ?? "").includes("asdic wait --namespace asdic"),
  );
});

test("Ctrl-C leaves the run alone and says how to come back", async () => {
  const server = await startObjectServer();
  putDeployment(server);
  const stop = new AbortController();
  const waiting = waitForRun(context({ out: "" }, stop.signal), server.cluster, { namespace: "asdic", limit });
  setImmediate(() => stop.abort());
  await assert.rejects(waiting, (error) => isKnownError(error) && error.exitCode === 130 && (error.hint ?? "").includes("asdic delete --namespace asdic"));
  assert.deepEqual(server.paths(), [deployment]);
});

test("an aggregator that is replaced is one line and no problem, and the next one's word counts again", async () => {
  const server = await startObjectServer();
  putDeployment(server);
  putPod(server, summary());
  const printed = { out: "" };
  const waiting = waitForRun(context(printed, new AbortController().signal), server.cluster, { namespace: "asdic", limit });
  const said = async (text: string): Promise<void> => {
    for (let tries = 0; tries < 2000 && !printed.out.includes(text); tries += 1) await new Promise((resolve) => setTimeout(resolve, 10));
    assert.ok(printed.out.includes(text), printed.out);
  };
  await said("running.");
  server.remove(pod);
  await said("being replaced");
  server.put(`${pod}b`, { apiVersion: "v1", kind: "Pod", metadata: { name: "asdic-aggregator-1b", namespace: "asdic" }, status: { phase: "Pending" } });
  server.put(`${pod}b`, {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name: "asdic-aggregator-1b",
      namespace: "asdic",
      annotations: { "asdic.dev/status": JSON.stringify(summary({ phase: "complete", outcome: "complete" })) },
    },
  });
  await waiting;
  assert.equal(printed.out.match(/being replaced/g)?.length, 1);
  assert.doesNotMatch(printed.out, /starting|problem/);
});
