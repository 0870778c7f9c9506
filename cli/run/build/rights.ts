import type { JsonObject } from "../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { objectNames } from "../../../core/contract/names.ts";
import type { PluginPermissions, PolicyRule } from "../../../core/contract/plugin-definition.ts";
import type { RunSpec } from "../../../core/contract/run-spec.ts";
import type { RunSetup } from "../plan.ts";
import { buildClusterMetadata, buildMetadata } from "./metadata.ts";

/** An account of the run's namespace and what it may do. */
export type Rights = PluginPermissions & {
  readonly account: string;
  /** The last part of its ClusterRole's name. */
  readonly role: string;
  /** "mounted" gives its token to every pod of it, as Sonobuoy's files expect; ours ask for it in the pod. */
  readonly token: "mounted" | "asked-for";
  /** Whether the account is somebody else's, and is only given rights. */
  readonly isAccountThere?: boolean;
};

/** The account with its Role and ClusterRole, where it has rules for them, and their bindings; the account alone where those are not the run's business. */
export function buildRights(spec: RunSpec, rights: Rights, { makesRoles }: Pick<RunSetup, "makesRoles">): readonly KubernetesObject[] {
  return [...(rights.isAccountThere === true ? [] : [buildAccount(spec, rights)]), ...(makesRoles ? buildRoles(spec, rights) : [])];
}

const buildAccount = (spec: RunSpec, { account, token }: Rights): KubernetesObject => ({
  apiVersion: "v1",
  kind: "ServiceAccount",
  metadata: buildMetadata(spec, account),
  automountServiceAccountToken: token === "mounted",
});

function buildRoles(spec: RunSpec, { account, role, namespace, cluster }: Rights): readonly KubernetesObject[] {
  const subjects = [{ kind: "ServiceAccount", name: account, namespace: spec.namespace }];
  const clusterRole = objectNames.clusterRole(spec.namespace, role);
  return [
    ...(namespace.length === 0
      ? []
      : [
          { apiVersion, kind: "Role", metadata: buildMetadata(spec, account), rules: namespace.map(toJson) },
          { apiVersion, kind: "RoleBinding", metadata: buildMetadata(spec, account), roleRef: buildRef("Role", account), subjects },
        ]),
    ...(cluster.length === 0
      ? []
      : [
          { apiVersion, kind: "ClusterRole", metadata: buildClusterMetadata(spec, clusterRole), rules: cluster.map(toJson) },
          {
            apiVersion,
            kind: "ClusterRoleBinding",
            metadata: buildClusterMetadata(spec, clusterRole),
            roleRef: buildRef("ClusterRole", clusterRole),
            subjects,
          },
        ]),
  ];
}

const apiGroup = "rbac.authorization.k8s.io";
const apiVersion = `${apiGroup}/v1`;
const buildRef = (kind: string, name: string): JsonObject => ({ apiGroup, kind, name });
const toJson = (rule: PolicyRule): JsonObject => ({ ...rule });
