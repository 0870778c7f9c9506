import type { User } from "../registry/api.ts";
import type { Attributes, Authorizer } from "../rights/authorizer.ts";
import { explainDenial } from "../rights/authorizer.ts";
import type { ResourceType } from "../resource-type.ts";
import { forbidden, StatusError } from "../status-error.ts";
import type { ActiveFaults } from "./faults.ts";
import type { RequestInfo } from "./parse-request-info.ts";

/** Lets a request pass, or throws StatusError 403 in the API server's words. */
export function authorize(caller: { readonly user: User; readonly authorizer: Authorizer; readonly faults: ActiveFaults }, info: RequestInfo): void {
  const { user, authorizer, faults } = caller;
  const attributes = attributesOf(info);
  const denied = faults.isDenied(user.name, attributes);
  const { allowed, reason } = denied ? { allowed: false, reason: "" } : authorizer.review(user, attributes);
  if (allowed) return;
  const why = explainDenial(user, attributes, reason);
  if (info.kind === "resource") throw forbidden(typeOf(attributes), attributes.name, why);
  throw new StatusError({ code: 403, reason: "Forbidden", message: `forbidden: ${why}`, details: {} });
}

/** What is asked for, as rights are written. */
export function attributesOf(info: RequestInfo): Attributes {
  if (info.kind === "path") return { verb: info.verb, group: "", resource: "", subresource: "", name: "", namespace: "", path: info.path };
  const { verb, group, resource, subresource, namedBySelector: name, namespace } = info;
  return { verb, group, resource, subresource, name, namespace };
}

/** Enough of a type for a message: it may not exist, and yet the refusal comes first. */
const typeOf = ({ group, resource }: Pick<Attributes, "group" | "resource">): ResourceType => ({
  group,
  version: "",
  kind: resource,
  plural: resource,
  singular: resource,
  namespaced: true,
  shortNames: [],
  categories: [],
  subresources: [],
  verbs: [],
});
