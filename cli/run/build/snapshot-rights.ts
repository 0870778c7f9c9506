import type { PolicyRule } from "../../../core/contract/plugin-definition.ts";
import type { SnapshotOptions } from "../../../core/contract/snapshot-options.ts";
import { buildReadRules, type ServedResources } from "./read-rules.ts";

/** What it takes to read a snapshot of the whole cluster; all of it reads only, but for nodes/proxy, which kubelets are asked through. */
export function buildSnapshotRules(options: SnapshotOptions, served: ServedResources): readonly PolicyRule[] {
  const whole = served.core.filter((resource) => !resource.includes("/"));
  return [
    ...buildReadRules({ ...served, core: whole }, ["list"]),
    // There is no right to their metadata alone; their data is never asked for.
    ...(options.secrets === "metadata" ? [{ apiGroups: [""], resources: ["secrets"], verbs: ["list"] }] : []),
    ...buildReadingRules(options),
  ];
}

/** The rights to all that is no list of objects: logs, kubelets, facts of the API server. */
export const buildReadingRules = ({ kubelets, server, logs }: SnapshotOptions): readonly PolicyRule[] => [
  ...(logs ? [{ apiGroups: [""], resources: ["pods/log"], verbs: ["get"] }] : []),
  ...(kubelets ? [{ apiGroups: [""], resources: ["nodes/proxy"], verbs: ["get"] }] : []),
  ...(server === "full" ? [{ nonResourceURLs: ["/livez", "/metrics", "/readyz"], verbs: ["get"] }] : []),
];
