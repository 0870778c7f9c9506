import type { PolicyRule } from "../../../core/kubernetes/rbac.ts";
import type { User } from "../registry/api.ts";

/** Who may do what, as RBAC and the node authorizer say. */
export type Authorizer = {
  /** `reason` as access reviews give it; may be empty. HTTP's 403 says `explainDenial(user, attributes, reason)`. */
  review(user: User, attributes: Attributes): { readonly allowed: boolean; readonly reason: string };
  /** All rules that a user has in a namespace, for SelfSubjectRulesReview; `evaluationError` tells of bindings whose role is missing. */
  rules(user: User, namespace: string): { readonly rules: readonly PolicyRule[]; readonly evaluationError: string };
};

/** What is asked: of an object (empty strings where nothing is named), or of a `path` outside the resources, where only `verb` counts beside it. */
export type Attributes = {
  /** get, list, watch, create, update, patch, delete, deletecollection, impersonate…; the HTTP method in small letters for a path. */
  readonly verb: string;
  readonly group: string;
  /** Plural. */
  readonly resource: string;
  readonly subresource: string;
  readonly name: string;
  readonly namespace: string;
  readonly path?: string;
};

/** Why not, in the API server's words: `User "x" cannot list resource "pods" in API group "" in the namespace "y"`; for `forbidden()`'s third argument. */
export function explainDenial(user: User, attributes: Attributes, reason: string): string {
  const { verb, group, resource, subresource, namespace, path } = attributes;
  const who = `User ${JSON.stringify(user.name)} cannot ${verb}`;
  const why = reason === "" ? "" : `: ${reason}`;
  if (path !== undefined) return `${who} path ${JSON.stringify(path)}${why}`;
  const what = JSON.stringify(subresource === "" ? resource : `${resource}/${subresource}`);
  const where = namespace === "" ? "at the cluster scope" : `in the namespace ${JSON.stringify(namespace)}`;
  return `${who} resource ${what} in API group ${JSON.stringify(group)} ${where}${why}`;
}
