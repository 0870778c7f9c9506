import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { field, text } from "../../../core/kubernetes/field.ts";
import type { PolicyRule, RightsQuestion } from "../../../core/kubernetes/rbac.ts";
import { findSubject, isGranted, parsePolicyRules } from "../../../core/kubernetes/rbac.ts";
import type { TypeTable, User } from "../registry/api.ts";
import type { ReadStore } from "../store/store.ts";
import type { Attributes, Authorizer } from "./authorizer.ts";

/**
 * Judges by the Roles and bindings that the store holds at that moment. Members of system:masters may do everything;
 * nodes have the rules of ClusterRole system:node (a real node authorizer also looks which Secrets its own pods use).
 */
export function createAuthorizer(store: ReadStore, types: TypeTable): Authorizer {
  const resolve = (user: User, namespace: string): Resolved => resolveRules(store, types, { user, namespace });
  return {
    review: (user, attributes) => {
      if (user.groups.includes("system:masters")) return { allowed: true, reason: "" };
      const { grants, errors } = resolve(user, attributes.path === undefined ? attributes.namespace : "");
      const question = buildQuestion(attributes);
      const grant = grants.find(({ rule }) => isGranted(rule, question));
      if (grant) return { allowed: true, reason: grant.source === "" ? "" : `RBAC: allowed by ${grant.source}` };
      return { allowed: false, reason: errors.length === 0 ? "" : `RBAC: ${renderErrors(errors)}` };
    },
    rules: (user, namespace) => {
      const { grants, errors } = resolve(user, namespace);
      return { rules: grants.map(({ rule }) => rule), evaluationError: renderErrors(errors) };
    },
  };
}

/** A rule that a user has, and through which binding. */
type Grant = { readonly rule: PolicyRule; readonly source: string };
type Resolved = { readonly grants: readonly Grant[]; readonly errors: readonly string[] };

const rbac = "rbac.authorization.k8s.io";

function resolveRules(store: ReadStore, types: TypeTable, { user, namespace }: { readonly user: User; readonly namespace: string }): Resolved {
  const grants: Grant[] = [];
  const errors: string[] = [];
  const read = (plural: string, home?: string): readonly KubernetesObject[] => {
    const type = types.find(rbac, "v1", plural);
    return type ? store.list(type, home) : [];
  };
  for (const binding of [...read("clusterrolebindings"), ...(namespace === "" ? [] : read("rolebindings", namespace))]) {
    const subject = findSubject(binding, user);
    if (subject === undefined) continue;
    const role = findRole(store, types, binding);
    if (typeof role === "string") errors.push(role);
    else grants.push(...parsePolicyRules(role).map((rule) => ({ rule, source: `${describe(binding)} to ${subject}` })));
  }
  if (isNode(user)) grants.push(...parsePolicyRules(findClusterRole(store, types, "system:node")).map((rule) => ({ rule, source: "" })));
  return { grants, errors };
}

const isNode = (user: User): boolean => user.groups.includes("system:nodes") && user.name.startsWith("system:node:");

/** The role that a binding names, or why there is none. */
export function findRole(store: ReadStore, types: TypeTable, binding: KubernetesObject): KubernetesObject | string {
  const kind = text(field(binding, "roleRef", "kind"));
  const name = text(field(binding, "roleRef", "name"));
  const type = types.find(rbac, "v1", kind === "Role" ? "roles" : "clusterroles");
  const namespace = kind === "Role" ? text(field(binding, "metadata", "namespace")) : "";
  const role = type && store.get({ type, namespace, name });
  return role ?? `${kind.toLowerCase()}.${rbac} ${JSON.stringify(name)} not found`;
}

function findClusterRole(store: ReadStore, types: TypeTable, name: string): KubernetesObject | undefined {
  const type = types.find(rbac, "v1", "clusterroles");
  return type && store.get({ type, namespace: "", name });
}

function describe(binding: KubernetesObject): string {
  const { name, namespace } = binding.metadata;
  const [kind, full] = namespace === undefined ? ["ClusterRoleBinding", name] : ["RoleBinding", `${name}/${namespace}`];
  return `${kind} ${JSON.stringify(full)} of ${text(field(binding, "roleRef", "kind"))} ${JSON.stringify(text(field(binding, "roleRef", "name")))}`;
}

function buildQuestion({ verb, group, resource, subresource, name, path }: Attributes): RightsQuestion {
  if (path !== undefined) return { verb, path };
  return { verb, group, resource: subresource === "" ? resource : `${resource}/${subresource}`, name };
}

function renderErrors(errors: readonly string[]): string {
  return errors.length > 1 ? `[${errors.join(", ")}]` : (errors[0] ?? "");
}
