import assert from "node:assert/strict";
import { test } from "node:test";
import { applyRun } from "../../../cli/run/apply.ts";
import { buildRunObjects } from "../../../cli/run/build/objects.ts";
import { isKnownError } from "../../../core/contract/known-error.ts";
import { definition, runPlan } from "../definitions.ts";
import { startObjectServer, type ObjectServer } from "../object-server.ts";

const objects = (runId = "abcd1234") => buildRunObjects({ ...runPlan([definition()], { runId }), served: { core: ["pods"], groups: [] } });
const apply = ({ cluster }: ObjectServer, runId?: string, signal = new AbortController().signal) => applyRun(cluster, objects(runId), signal);
const lock = "/api/v1/namespaces/asdic/configmaps/asdic-run";
const namespace = "/api/v1/namespaces/asdic";
const clusterRole = "/apis/rbac.authorization.k8s.io/v1/clusterroles/asdic:asdic:aggregator";
const label = (runId: string) => ({ labels: { "asdic.dev/run": runId } });

test("the namespace comes first, then the lock, the aggregator last, and cluster-scoped objects are the namespace's", async () => {
  const server = await startObjectServer();
  await apply(server);
  const created = server.received.flatMap(({ method, path, body }) =>
    method === "POST" ? [`${path}/${(JSON.parse(body) as { metadata: { name: string } }).metadata.name}`] : [],
  );
  assert.deepEqual([created[0], created[1], created.at(-1)], [namespace, lock, "/apis/apps/v1/namespaces/asdic/deployments/asdic-aggregator"]);
  const role = await server.cluster.get({ apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole", name: "asdic:asdic:aggregator" });
  const { metadata } = await server.cluster.get({ apiVersion: "v1", kind: "Namespace", name: "asdic" });
  assert.deepEqual(role.metadata.ownerReferences, [{ apiVersion: "v1", kind: "Namespace", name: "asdic", uid: metadata.uid }]);
});

test("a second run in the namespace is refused with the commands that help, and the first stays whole", async () => {
  const server = await startObjectServer();
  await apply(server);
  const before = server.paths();
  await assert.rejects(
    apply(server, "zzzz9999"),
    (error) =>
      isKnownError(error) &&
      error.code === "run-exists" &&
      /abcd1234/.test(error.message) &&
      /asdic status -n asdic.*asdic delete -n asdic/.test(error.hint ?? ""),
  );
  assert.deepEqual(server.paths(), before);
});

test("of two runs that start at the same time, one wins and is whole", async () => {
  const server = await startObjectServer();
  const ended = await Promise.allSettled([apply(server, "aaaa1111"), apply(server, "bbbb2222")]);
  assert.deepEqual(ended.map(({ status }) => status).toSorted(), ["fulfilled", "rejected"]);
  const alone = await startObjectServer();
  await apply(alone);
  assert.deepEqual(server.paths(), alone.paths());
});

test("a run that comes second in the namespace that was made for it leaves it to the first", async () => {
  const server = await startObjectServer();
  const create: typeof server.cluster.create = async (object, options) => {
    if (object.metadata.name === "asdic-run") await apply(server, "bbbb2222");
    return server.cluster.create(object, options);
  };
  await assert.rejects(
    applyRun({ ...server.cluster, create }, objects("aaaa1111"), new AbortController().signal),
    (error) => isKnownError(error) && error.code === "run-exists" && error.message.endsWith("The namespace, which was made for this run, stays for that one."),
  );
  const alone = await startObjectServer();
  await apply(alone);
  assert.deepEqual(server.paths(), alone.paths());
});

for (const kind of ["clusterroles", "secrets", "deployments"])
  test(`when the cluster refuses ${kind}, all that was created goes again, and the error says so`, async () => {
    const server = await startObjectServer(({ method, path }) => (method === "POST" && path.endsWith(`/${kind}`) ? 403 : undefined));
    await assert.rejects(
      apply(server),
      (error) => isKnownError(error) && error.code === "cluster-refused" && error.message.endsWith("What had been created was deleted again."),
    );
    assert.deepEqual(server.paths(), []);
  });

test("a namespace that was there stays when a run in it fails", async () => {
  const server = await startObjectServer(({ method, path }) => (method === "POST" && path.endsWith("/deployments") ? 403 : undefined));
  server.put(namespace, { apiVersion: "v1", kind: "Namespace", metadata: { name: "asdic" } });
  await assert.rejects(apply(server), isKnownError);
  assert.deepEqual(server.paths(), [namespace]);
});

test("what can't be deleted again is named, with the command that does it later", async () => {
  const server = await startObjectServer(({ method, path }) =>
    path.endsWith("/deployments") || (method === "DELETE" && path === namespace) ? 403 : undefined,
  );
  await assert.rejects(
    apply(server),
    (error) =>
      isKnownError(error) &&
      error.message.includes("Not all that had been created could be deleted again: Namespace asdic.") &&
      (error.hint ?? "").includes("asdic delete -n asdic"),
  );
});

test("Ctrl-C while it creates takes everything back and is an interruption", async () => {
  const stop = new AbortController();
  const server = await startObjectServer(({ method, path }) => {
    if (method === "POST" && path.endsWith("/services")) stop.abort();
    return undefined;
  });
  await assert.rejects(apply(server, undefined, stop.signal), (error) => isKnownError(error) && error.code === "interrupted");
  assert.deepEqual(server.paths(), []);
});

test("a cluster-scoped leftover of an earlier run in the namespace makes way; somebody else's does not", async () => {
  const leftover = {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRole",
    metadata: {
      name: "asdic:asdic:aggregator",
      uid: "old",
      ...label("oldoldol"),
      ownerReferences: [{ apiVersion: "v1", kind: "Namespace", name: "asdic", uid: "gone" }],
    },
  };
  const server = await startObjectServer();
  server.put(clusterRole, leftover);
  await apply(server);
  const other = await startObjectServer();
  other.put(clusterRole, { ...leftover, metadata: { name: "asdic:asdic:aggregator", uid: "theirs" } });
  await assert.rejects(apply(other), (error) => isKnownError(error) && error.code === "conflict");
  assert.deepEqual(other.paths(), [clusterRole]);
});

test("a cluster-scoped leftover that kubectl applied for this namespace makes way; that of another one doesn't", async () => {
  const leftover = (home: string) => ({
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRole",
    metadata: { name: "asdic:asdic:aggregator", uid: "old", labels: { "asdic.dev/run": "oldoldol", "asdic.dev/namespace": home } },
  });
  const server = await startObjectServer();
  server.put(clusterRole, leftover("asdic"));
  await apply(server);
  const other = await startObjectServer();
  other.put(clusterRole, leftover("other"));
  await assert.rejects(apply(other), (error) => isKnownError(error) && error.code === "conflict");
});

test("nothing is made in a namespace that is going", async () => {
  const server = await startObjectServer();
  server.put(namespace, { apiVersion: "v1", kind: "Namespace", metadata: { name: "asdic", deletionTimestamp: "2026-01-01T00:00:00Z" } });
  await assert.rejects(
    apply(server),
    (error) => isKnownError(error) && error.code === "run-exists" && error.message === "The namespace asdic is still being deleted. Nothing was created.",
  );
});
