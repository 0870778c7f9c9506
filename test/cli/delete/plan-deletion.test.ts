import assert from "node:assert/strict";
import { test } from "node:test";
import type { Found } from "../../../cli/delete/list-metadata.ts";
import { planDeletion, type Deletion } from "../../../cli/delete/plan-deletion.ts";
import type { ObjectMeta } from "../../../core/contract/kubernetes-object.ts";

const ours = { labels: { "asdic.dev/run": "abcd1234" } };
const found = (kind: string, name: string, metadata: Partial<ObjectMeta> = {}): Found => ({
  kind: { apiVersion: "v1", kind, plural: `${kind.toLowerCase()}s`, namespaced: !kind.startsWith("Cluster") },
  metadata: { name, uid: `uid-${name}`, ...metadata },
});
const owned = (by: string) => ({ ownerReferences: [{ apiVersion: "v1", kind: "Any", name: by, uid: `uid-${by}` }] });
const furniture = [
  found("ConfigMap", "kube-root-ca.crt"),
  found("ServiceAccount", "default"),
  found("Secret", "default-token-x", { annotations: { "kubernetes.io/service-account.name": "default" } }),
];
const lock = found("ConfigMap", "asdic-run", ours);
const pod = found("Pod", "asdic-smoke-1", { ...ours, ...owned("asdic-run") });
const role = found("ClusterRole", "asdic:asdic:aggregator", ours);
const namespace = (own: Partial<ObjectMeta> = {}) => ({ metadata: { name: "asdic", annotations: { "asdic.dev/made-by-run": "abcd1234" }, ...own } });
const byNobody = namespace({ annotations: {} });

const cases: readonly {
  readonly what: string;
  readonly namespace: ReturnType<typeof namespace> | undefined;
  readonly inside?: readonly Found[];
  readonly outside?: readonly Found[];
  readonly isBlind?: boolean;
  readonly fate: Deletion["namespace"];
  readonly deleted: readonly string[];
  readonly foreign?: readonly string[];
}[] = [
  {
    what: "a namespace that a run made goes, its pods at once",
    namespace: namespace(),
    inside: [lock, pod, ...furniture],
    outside: [role],
    fate: "delete",
    deleted: [pod.metadata.name, role.metadata.name],
  },
  {
    what: "what the run's objects own, however far down, is the run's",
    namespace: namespace(),
    inside: [lock, found("ReplicaSet", "r", owned("asdic-run")), found("Pod", "p", owned("r"))],
    fate: "delete",
    deleted: [],
  },
  {
    what: "the run's lease goes with the run, and somebody else's keeps nothing",
    namespace: byNobody,
    inside: [lock, found("Lease", "asdic-aggregator", ours), found("Lease", "operator")],
    fate: "not-ours",
    deleted: ["asdic-run", "asdic-aggregator"],
  },
  {
    what: "leases of programs that elect their leaders don't keep the namespace",
    namespace: namespace(),
    inside: [lock, found("Lease", "operator")],
    fate: "delete",
    deleted: [],
  },
  {
    what: "a foreign object keeps the namespace",
    namespace: namespace(),
    inside: [lock, pod, found("ConfigMap", "mine")],
    outside: [role],
    fate: "shared",
    deleted: ["asdic-run", pod.metadata.name, role.metadata.name],
    foreign: ["mine"],
  },
  {
    what: "what somebody else's object owns is foreign too",
    namespace: namespace(),
    inside: [found("Pod", "p", owned("elsewhere"))],
    fate: "shared",
    deleted: [],
    foreign: ["p"],
  },
  { what: "what can't be seen may be somebody's", namespace: namespace(), inside: [lock], isBlind: true, fate: "unseen", deleted: ["asdic-run"] },
  {
    what: "a namespace that nobody says a run made stays",
    namespace: byNobody,
    inside: [lock, pod, found("ConfigMap", "mine")],
    outside: [role],
    fate: "not-ours",
    deleted: ["asdic-run", pod.metadata.name, role.metadata.name],
  },
  {
    what: "leftovers are found without their ConfigMap",
    namespace: byNobody,
    inside: [pod],
    outside: [role],
    fate: "not-ours",
    deleted: [pod.metadata.name, role.metadata.name],
  },
  {
    what: "other namespaces' runs keep their cluster-scoped objects",
    namespace: byNobody,
    inside: [lock],
    outside: [found("ClusterRole", "other", { labels: { "asdic.dev/run": "zzzz9999" } })],
    fate: "not-ours",
    deleted: ["asdic-run"],
  },
  {
    what: "cluster-scoped objects of an earlier run in the namespace go",
    namespace: byNobody,
    outside: [
      found("ClusterRole", "old", {
        labels: { "asdic.dev/run": "oldoldol" },
        ownerReferences: [{ apiVersion: "v1", kind: "Namespace", name: "asdic", uid: "gone" }],
      }),
    ],
    fate: "not-ours",
    deleted: ["old"],
  },
  {
    what: "cluster-scoped objects that kubectl applied go by their label, though their namespace is gone already",
    namespace: undefined,
    outside: [
      found("ClusterRole", "applied", { labels: { "asdic.dev/run": "zzzz9999", "asdic.dev/namespace": "asdic" } }),
      found("ClusterRole", "elsewhere", { labels: { "asdic.dev/run": "abcd1234", "asdic.dev/namespace": "asdic-2" } }),
    ],
    fate: "absent",
    deleted: ["applied"],
  },
  {
    what: "a namespace on its way is left to it",
    namespace: namespace({ deletionTimestamp: "x" }),
    inside: [lock],
    outside: [role],
    fate: "going",
    deleted: [role.metadata.name],
  },
  { what: "there may be nothing at all", namespace: undefined, outside: [role], fate: "absent", deleted: [] },
];
for (const { what, namespace: there, inside = [], outside = [], isBlind = false, fate, deleted, foreign = [] } of cases)
  test(what, () => {
    const plan = planDeletion({ namespace: there, inside, outside, isBlind, name: "asdic" });
    assert.deepEqual(
      { fate: plan.namespace, deleted: plan.objects.map(({ metadata }) => metadata.name), foreign: plan.foreign.map(({ metadata }) => metadata.name) },
      { fate, deleted, foreign },
    );
  });
