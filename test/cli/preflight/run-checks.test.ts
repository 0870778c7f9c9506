import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { test } from "node:test";
import { allChecks } from "../../../cli/preflight/all-checks.ts";
import { runChecks } from "../../../cli/preflight/run-checks.ts";
import { buildRunObjects } from "../../../cli/run/build/objects.ts";
import { definition, runPlan } from "../definitions.ts";
import { answerJson, type Received } from "../../core/cluster/api-server.ts";
import { startObjectServer } from "../object-server.ts";

const plan = runPlan([definition()]);
const objects = buildRunObjects({ ...plan, served: { core: ["pods"], groups: [] } });
const request = { plan, objects, namespace: undefined, dns: { namespace: undefined, labels: undefined }, skip: new Set<string>() };

/** Reviews are not kept, and everybody may do everything. */
const review = ({ path }: Received, response: ServerResponse): boolean => {
  if (!path.endsWith("/selfsubjectaccessreviews")) return false;
  answerJson(response, { status: { allowed: true } }, 201);
  return true;
};

test("a cluster that doesn't answer one question costs that check alone, and no more than the time for all", async () => {
  const server = await startObjectServer(undefined, (received, response) => received.path === "/api/v1/nodes" || review(received, response));
  const began = performance.now();
  const outcomes = await runChecks({ ...request, cluster: server.cluster, seconds: 0.5, signal: new AbortController().signal });
  assert.ok(performance.now() - began < 5000);
  assert.deepEqual(
    outcomes.flatMap((outcome) => (outcome.state === "not-checked" ? [[outcome.code, outcome.reason]] : [])),
    ["nodes", "images"].map((code) => [code, "The cluster has not answered within 0.5 s."]),
  );
});

test("outcomes come in the order of the list, and the nodes are read once", async () => {
  const server = await startObjectServer(undefined, review);
  const outcomes = await runChecks({ ...request, cluster: server.cluster, signal: new AbortController().signal });
  assert.deepEqual(
    outcomes.map(({ code }) => code),
    allChecks.map(({ code }) => code),
  );
  assert.equal(server.received.filter(({ path }) => path === "/api/v1/nodes").length, 1);
});

test("nothing but reviews and trials is sent to be made", async () => {
  const server = await startObjectServer(undefined, (received, response) => {
    assert.ok(received.method === "GET" || received.path.endsWith("reviews") || received.query.get("dryRun") === "All", received.path);
    return review(received, response);
  });
  await runChecks({ ...request, namespace: objects.namespace, cluster: server.cluster, signal: new AbortController().signal });
  assert.ok(server.received.some(({ query }) => query.get("dryRun") === "All"));
});

test("whoever interrupts is not told that nothing was checked", async () => {
  const server = await startObjectServer(undefined, () => true);
  const interruption = new AbortController();
  const checking = runChecks({ ...request, cluster: server.cluster, signal: interruption.signal });
  interruption.abort(new Error("Ctrl-C"));
  await assert.rejects(checking, /Ctrl-C/);
});
