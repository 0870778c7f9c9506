import type { JsonObject } from "../../core/contract/json.ts";
import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import type { PolicyRule } from "../../core/contract/plugin-definition.ts";
import type { SnapshotKind } from "../../core/contract/snapshot-kind.ts";
import type { SnapshotOptions } from "../../core/contract/snapshot-options.ts";
import { buildKubeletRules, buildReadingRules } from "../run/build/snapshot-rights.ts";

const apiGroup = "rbac.authorization.k8s.io";
const name = "asdic-snapshot";

/** A ClusterRole with what a snapshot of these kinds reads and no more, and its binding to a user or, named in full, a service account. */
export function buildRole(kinds: readonly SnapshotKind[], options: SnapshotOptions, user: string): readonly KubernetesObject[] {
  const groups = [...new Set(kinds.map(({ group }) => group))].toSorted();
  const rules: readonly PolicyRule[] = [
    ...groups.map((group) => ({ apiGroups: [group], resources: pluralsOf(kinds, group), verbs: ["list"] })),
    ...buildKubeletRules(options),
    ...buildReadingRules(options),
  ];
  return [
    { apiVersion: `${apiGroup}/v1`, kind: "ClusterRole", metadata: { name }, rules: rules.map((rule): JsonObject => ({ ...rule })) },
    {
      apiVersion: `${apiGroup}/v1`,
      kind: "ClusterRoleBinding",
      metadata: { name },
      roleRef: { apiGroup, kind: "ClusterRole", name },
      subjects: [buildSubject(user)],
    },
  ];
}

const pluralsOf = (kinds: readonly SnapshotKind[], wanted: string): readonly string[] =>
  kinds
    .filter(({ group }) => group === wanted)
    .map(({ plural }) => plural)
    .toSorted();

function buildSubject(user: string): JsonObject {
  const [, namespace, account] = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(user) ?? [];
  return account !== undefined && namespace !== undefined ? { kind: "ServiceAccount", name: account, namespace } : { apiGroup, kind: "User", name: user };
}
