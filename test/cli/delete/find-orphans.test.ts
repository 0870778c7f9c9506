import assert from "node:assert/strict";
import { test } from "node:test";
import { findOrphans } from "../../../cli/delete/find-orphans.ts";
import type { Kind } from "../../../cli/delete/read-kinds.ts";
import { namespaceKind } from "../../../cli/delete/run-deletion.ts";
import { startObjectServer } from "../object-server.ts";

const kind: Kind = { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole", plural: "clusterroles", namespaced: false };
const owner = (uid: string) => ({ apiVersion: "v1", kind: "Namespace", name: "asdic", uid });

test("a run's cluster-scoped objects are left over once their namespace is gone, and only then", async () => {
  const server = await startObjectServer();
  const put = (name: string, run: string, ...owners: ReturnType<typeof owner>[]): void =>
    server.put(`/apis/${kind.apiVersion}/clusterroles/${name}`, {
      ...kind,
      metadata: { name, labels: { "asdic.dev/run": run }, ...(owners.length > 0 && { ownerReferences: owners }) },
    });
  const applied = (name: string, namespace: string): void =>
    server.put(`/apis/${kind.apiVersion}/clusterroles/${name}`, {
      ...kind,
      metadata: { name, labels: { "asdic.dev/run": "dddd4444", "asdic.dev/namespace": namespace } },
    });
  put("of-gone-namespace", "aaaa1111", owner("gone"));
  put("of-namespace", "aaaa1111", owner("there"));
  put("of-living-run", "bbbb2222", owner("gone"));
  put("of-nobody", "cccc3333");
  applied("applied-and-left", "gone");
  applied("applied", "asdic");
  const { sure, unsure } = await findOrphans(server.cluster, {
    kinds: [kind, namespaceKind],
    namespaces: [{ kind: namespaceKind, metadata: { name: "asdic", uid: "there" } }],
    alive: new Set(["bbbb2222"]),
    signal: AbortSignal.timeout(20_000),
  });
  assert.deepEqual(
    [sure, unsure].map((judged) => judged.map(({ found }) => found.metadata.name)),
    [["of-gone-namespace", "applied-and-left"], ["of-nobody"]],
  );
});
