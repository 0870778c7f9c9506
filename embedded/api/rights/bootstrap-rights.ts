import type { JsonObject } from "../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { systemRoles } from "./system-roles.ts";
import { userRoles } from "./user-roles.ts";

/** The ClusterRoles and ClusterRoleBindings of a fresh Kubernetes v1.36, without those of its own components. */
export function buildBootstrapRights(): readonly KubernetesObject[] {
  const { admin, edit, view } = userRoles;
  return [
    buildAggregate("admin", [...edit, ...view, ...admin], {}),
    buildAggregate("edit", [...edit, ...view], { [`${aggregate}admin`]: "true" }),
    buildAggregate("view", view, { [`${aggregate}edit`]: "true" }),
    ...Object.entries(userRoles).map(([name, rules]) => buildRole(`system:aggregate-to-${name}`, rules, { [`${aggregate}${name}`]: "true" })),
    ...Object.entries(systemRoles).map(([name, rules]) => buildRole(name, rules, {})),
    ...Object.entries(bindings).map(([name, subjects]) => buildBinding(name, subjects)),
  ];
}

const aggregate = "rbac.authorization.k8s.io/aggregate-to-";
const group = "rbac.authorization.k8s.io";

/** Each binding has the name of its role. */
const bindings: { readonly [name: string]: readonly (readonly ["Group" | "User", string])[] } = {
  "cluster-admin": [["Group", "system:masters"]],
  "system:basic-user": [["Group", "system:authenticated"]],
  "system:discovery": [["Group", "system:authenticated"]],
  "system:monitoring": [["Group", "system:monitoring"]],
  "system:node": [],
  "system:public-info-viewer": [
    ["Group", "system:authenticated"],
    ["Group", "system:unauthenticated"],
  ],
  "system:service-account-issuer-discovery": [["Group", "system:serviceaccounts"]],
};

const buildMeta = (name: string, labels: { readonly [key: string]: string }): KubernetesObject["metadata"] => ({
  name,
  labels: { "kubernetes.io/bootstrapping": "rbac-defaults", ...labels },
  annotations: { "rbac.authorization.kubernetes.io/autoupdate": "true" },
});

const buildRole = (name: string, rules: readonly JsonObject[], labels: { readonly [key: string]: string }): KubernetesObject => ({
  apiVersion: `${group}/v1`,
  kind: "ClusterRole",
  metadata: buildMeta(name, labels),
  rules,
});

const buildAggregate = (name: string, rules: readonly JsonObject[], labels: { readonly [key: string]: string }): KubernetesObject => ({
  ...buildRole(name, rules, labels),
  aggregationRule: { clusterRoleSelectors: [{ matchLabels: { [`${aggregate}${name}`]: "true" } }] },
});

const buildBinding = (name: string, subjects: readonly (readonly ["Group" | "User", string])[]): KubernetesObject => ({
  apiVersion: `${group}/v1`,
  kind: "ClusterRoleBinding",
  metadata: buildMeta(name, {}),
  roleRef: { apiGroup: group, kind: "ClusterRole", name },
  ...(subjects.length === 0 ? {} : { subjects: subjects.map(([kind, subject]) => ({ apiGroup: group, kind, name: subject })) }),
});
