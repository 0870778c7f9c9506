import type { SnapshotKind } from "../../contract/snapshot-kind.ts";

/** Kinds of the core group that every cluster has, for where discovery may not be asked. */
export const everywhere: readonly SnapshotKind[] = (
  [
    ["Node", "nodes", "no", false],
    ["Namespace", "namespaces", "ns", false],
    ["Pod", "pods", "po", true],
    ["Event", "events", "ev", true],
    ["Service", "services", "svc", true],
    ["ConfigMap", "configmaps", "cm", true],
    ["PersistentVolumeClaim", "persistentvolumeclaims", "pvc", true],
  ] as const
).map(([kind, plural, shortName, namespaced]) => ({
  group: "",
  version: "v1",
  kind,
  plural,
  singular: kind.toLowerCase(),
  shortNames: [shortName],
  namespaced,
}));
