import { snapshotDefaults } from "../../../core/contract/snapshot-defaults.ts";
import type { SnapshotCoverage } from "../../../core/contract/snapshot-coverage.ts";
import type { SnapshotKind } from "../../../core/contract/snapshot-kind.ts";

const kindOf = ([group, version, kind, plural, ...shortNames]: readonly string[], namespaced: boolean): SnapshotKind => ({
  group: group ?? "",
  version: version ?? "",
  kind: kind ?? "",
  plural: plural ?? "",
  singular: (kind ?? "").toLowerCase(),
  shortNames,
  namespaced,
});

/** What the API server of the small cluster served. */
export const storedKinds: readonly SnapshotKind[] = [
  kindOf(["", "v1", "Node", "nodes", "no"], false),
  kindOf(["", "v1", "Pod", "pods", "po"], true),
  kindOf(["", "v1", "Service", "services", "svc"], true),
  kindOf(["", "v1", "ConfigMap", "configmaps", "cm"], true),
  kindOf(["", "v1", "Secret", "secrets"], true),
  kindOf(["apps", "v1", "Deployment", "deployments", "deploy"], true),
  kindOf(["apiextensions.k8s.io", "v1", "CustomResourceDefinition", "customresourcedefinitions", "crd"], false),
  kindOf(["shop.example.test", "v2", "Ware", "wares"], true),
  kindOf(["shop.example.test", "v2", "Service", "services", "shopsvc"], true),
];

const at = "2026-11-21T10:00:00Z";
const object = (name: string, rest: object, namespace?: string): object => ({
  metadata: { name, ...(namespace !== undefined && { namespace }), creationTimestamp: "2026-11-21T08:00:00Z", labels: { app: name.replace(/-\d+$/, "") } },
  ...rest,
});
const pod = (
  name: string,
  namespace: string,
  { containers = ["main"], ...status }: { readonly containers?: readonly string[]; readonly [field: string]: unknown },
): object =>
  object(name, { apiVersion: "v1", kind: "Pod", spec: { nodeName: "node-1", containers: containers.map((each) => ({ name: each })) }, status }, namespace);
const running = { name: "main", ready: true, restartCount: 0, state: { running: {} } };
const crashed = {
  name: "main",
  ready: false,
  restartCount: 7,
  state: { waiting: { reason: "CrashLoopBackOff" } },
  lastState: { terminated: { exitCode: 1, finishedAt: "2026-11-21T09:57:00Z" } },
};

const listOf = (...items: readonly object[]): string =>
  `{"apiVersion":"v1","kind":"List","items":[${items.map((item) => JSON.stringify(item)).join(",\n")}]}\n`;

export const storedCoverage: SnapshotCoverage = {
  startedAt: "2026-11-21T09:59:50Z",
  finishedAt: at,
  redacted: false,
  kinds: 5,
  objects: 8,
  logs: 2,
  requests: 20,
  receivedBytes: 1000,
  writtenBytes: 1000,
  throttled: 0,
  waitedMilliseconds: 0,
  failures: [{ verb: "list", resource: "deployments.apps", namespace: "shop", code: 403, reason: "Forbidden", message: "jane may not list deployments" }],
  failureCount: 1,
  omissions: [{ what: "configmaps", why: "the limit of objects of one kind", count: 4 }],
  options: snapshotDefaults,
};

/** The objects of a small cluster, each file with its place in a tarball; one name steers a terminal, one number is larger than JavaScript's. */
export const storedObjects: readonly (readonly [string, string])[] = [
  [
    "resources/cluster/core_v1_nodes.json",
    listOf(object("node-1", { status: { conditions: [{ type: "Ready", status: "True" }], nodeInfo: { kubeletVersion: "v1.36.3" } } })),
  ],
  [
    "resources/ns/shop/core_v1_pods.json",
    listOf(
      pod("web-0", "shop", { containers: ["main", "side"], phase: "Running", podIPs: [{ ip: "10.0.0.7" }], containerStatuses: [running] }),
      pod("web-1", "shop", { phase: "Running", containerStatuses: [crashed] }),
    ),
  ],
  ["resources/ns/kube-system/core_v1_pods.json", listOf(pod("dns-0", "kube-system", { phase: "Pending" }))],
  [
    "resources/ns/shop/core_v1_services.json",
    listOf(object("web", { spec: { type: "ClusterIP", clusterIPs: ["10.96.0.1"], ports: [{ port: 80, protocol: "TCP" }] } }, "shop")),
  ],
  ["resources/ns/shop/shop.example.test_v2_services.json", listOf(object("wares", { spec: { a: 1 } }, "shop"))],
  [
    "resources/cluster/apiextensions.k8s.io_v1_customresourcedefinitions.json",
    listOf(
      object("wares.shop.example.test", {
        spec: { versions: [{ name: "v2", additionalPrinterColumns: [{ name: "Left", type: "integer", jsonPath: ".left" }] }] },
      }),
    ),
  ],
  ["resources/ns/shop/shop.example.test_v2_wares.json", listOf(object("lamp", { left: 7 }, "shop"))],
  [
    "resources/ns/default/core_v1_configmaps.json",
    `{"apiVersion":"v1","kind":"List","items":[{"metadata":{"name":"big\\u001b[31m","namespace":"default"},"data":{"yes":"on","text":"a\\nb\\n"},"number":9007199254740993}]}\n`,
  ],
];

/** A whole snapshot, as asdic writes it. */
export const storedSnapshot: readonly (readonly [string, string])[] = [
  ...storedObjects,
  ["podlogs/shop/web-0/logs/side.txt", "said beside\n"],
  ["podlogs/shop/web-0/logs/main.txt", "one\ntwo\nthree\n[asdic: this log goes on, and was cut here after 14 bytes]\n"],
  ["podlogs/shop/web-1/logs/main.txt", "again\n"],
  ["podlogs/shop/web-1/logs/main.previous.txt", "\u001b[31mdied\n"],
  ["meta/kinds.json", JSON.stringify(storedKinds)],
  ["meta/snapshot.json", JSON.stringify(storedCoverage)],
];
