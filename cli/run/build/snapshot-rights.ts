import { objectNames } from "../../../core/contract/names.ts";
import type { PolicyRule } from "../../../core/contract/plugin-definition.ts";
import type { SnapshotOptions } from "../../../core/contract/snapshot-options.ts";
import type { Rights } from "./rights.ts";
import { buildReadRules, type ServedResources } from "./read-rules.ts";

/** What it takes to read a snapshot of the whole cluster; all of it reads only, but for nodes/proxy, which is there only where it was named. */
export function buildSnapshotRules(options: SnapshotOptions, served: ServedResources): readonly PolicyRule[] {
  const whole = served.core.filter((resource) => !resource.includes("/"));
  return [
    ...buildReadRules({ ...served, core: whole }, ["list"]),
    // There is no right to their metadata alone; their data is never asked for.
    ...(options.secrets === "metadata" ? [{ apiGroups: [""], resources: ["secrets"], verbs: ["list"] }] : []),
    ...buildReadingRules(options),
  ];
}

/** The rights to all that is no list of objects: logs, kubelets through the API server, facts of that. */
export const buildReadingRules = ({ kubelets, kubeletWay, server, logs }: SnapshotOptions): readonly PolicyRule[] => [
  ...(logs ? [{ apiGroups: [""], resources: ["pods/log"], verbs: ["get"] }] : []),
  ...(kubelets && kubeletWay === "proxy" ? [{ apiGroups: [""], resources: ["nodes/proxy"], verbs: ["get"] }] : []),
  ...(server === "full" ? [{ nonResourceURLs: ["/livez", "/metrics", "/readyz"], verbs: ["get"] }] : []),
];

/** The rights at a kubelet's own port, where Kubernetes has them (1.33 and newer); before that it knows nodes/stats alone. */
export const buildKubeletRules = ({ kubelets }: SnapshotOptions): readonly PolicyRule[] =>
  kubelets ? [{ apiGroups: [""], resources: ["nodes/configz", "nodes/healthz", "nodes/stats"], verbs: ["get"] }] : [];

/** The account whose token kubelets are shown: what a node in wrong hands learns from it is no more than what kubelets say. */
export function planKubeletRights(options: SnapshotOptions): readonly Rights[] {
  const cluster = buildKubeletRules(options);
  return cluster.length === 0 ? [] : [{ account: objectNames.kubeletAccount, role: "kubelets", token: "asked-for", namespace: [], cluster }];
}
