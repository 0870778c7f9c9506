import type { JsonObject } from "../../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";

const apiVersion = "rbac.authorization.k8s.io/v1";

/** A Role, or a ClusterRole without a namespace. */
export const role = (name: string, namespace: string | undefined, rules: readonly JsonObject[]): KubernetesObject => ({
  apiVersion,
  kind: namespace === undefined ? "ClusterRole" : "Role",
  metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
  rules,
});

/** A RoleBinding, or a ClusterRoleBinding without a namespace; `role` is "Role/name". */
export const binding = (
  name: string,
  namespace: string | undefined,
  to: { readonly role: string; readonly subjects: readonly JsonObject[] },
): KubernetesObject => {
  const [kind = "", roleName = ""] = to.role.split("/");
  return {
    apiVersion,
    kind: namespace === undefined ? "ClusterRoleBinding" : "RoleBinding",
    metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind, name: roleName },
    subjects: to.subjects,
  };
};
