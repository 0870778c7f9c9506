import { field, text } from "../../../core/kubernetes/field.ts";
import { missingRights } from "../../../core/kubernetes/rbac-cover.ts";
import type { PolicyRule } from "../../../core/kubernetes/rbac.ts";
import { parsePolicyRules } from "../../../core/kubernetes/rbac.ts";
import type { Admission } from "../registry/api.ts";
import type { Attributes } from "../rights/authorizer.ts";
import { createAuthorizer, findRole } from "../rights/create-authorizer.ts";
import { notFound } from "../status-error.ts";
import type { AdmissionRequest } from "./request.ts";
import { refuse } from "./request.ts";

/** Nobody grants rights that they don't have, unless they may escalate (for roles) or bind (for bindings of a role). */
export const rightsEscalation: Admission = (request) => {
  const { operation, type, object, old, user } = request;
  if (type.group !== group || operation === "DELETE" || user.groups.includes("system:masters")) return object;
  const isSame = (...keys: readonly string[]): boolean => keys.every((key) => JSON.stringify(old?.[key]) === JSON.stringify(object[key]));
  if (type.plural.endsWith("bindings")) {
    if (!isSame("roleRef", "subjects")) judgeBinding(request);
  } else if (!isSame("rules", "aggregationRule") && !mayDo(request, { verb: "escalate", resource: type.plural, name: object.metadata.name })) {
    judgeRules(request, parsePolicyRules(object));
  }
  return object;
};

const group = "rbac.authorization.k8s.io";

function judgeBinding(request: AdmissionRequest): void {
  const { object, namespace, store, types, type } = request;
  const name = text(field(object, "roleRef", "name"));
  const resource = field(object, "roleRef", "kind") === "Role" ? "roles" : "clusterroles";
  if (mayDo(request, { verb: "bind", resource, name })) return;
  const role = findRole(store, types, { ...object, metadata: namespace === "" ? object.metadata : { ...object.metadata, namespace } });
  if (typeof role === "string") throw notFound(type, name);
  judgeRules(request, parsePolicyRules(role));
}

function judgeRules(request: AdmissionRequest, rules: readonly PolicyRule[]): void {
  const { store, types, user, namespace } = request;
  const held = createAuthorizer(store, types).rules(user, namespace);
  const missing = missingRights(rules, held.rules);
  if (missing.length === 0) return;
  const groups = user.groups.map((each) => JSON.stringify(each)).join(" ");
  const errors = held.evaluationError === "" ? "" : `; resolution errors: [${held.evaluationError}]`;
  throw refuse(
    request,
    `user ${JSON.stringify(user.name)} (groups=[${groups}]) is attempting to grant RBAC permissions not currently held:\n${missing.join("\n")}${errors}`,
  );
}

function mayDo({ store, types, user, namespace }: AdmissionRequest, asked: Pick<Attributes, "verb" | "resource" | "name">): boolean {
  return createAuthorizer(store, types).review(user, { ...asked, group, subresource: "", namespace }).allowed;
}
