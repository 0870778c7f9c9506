import { field, list, text } from "../kubernetes/field.ts";
import type { Json, JsonObject } from "../contract/json.ts";
import type { KubernetesObject } from "../contract/kubernetes-object.ts";
import { ageOf, columns, type Printer, sizeOf } from "./printer.ts";

const bindingPrinter: Printer = {
  columns: columns("Name", "Role", "Age", "Users*", "Groups*", "ServiceAccounts*"),
  cells: (object, now) => {
    const names = (kind: string): string => subjectsOf(object, kind).join(", ");
    const role = `${text(field(object, "roleRef", "kind"))}/${text(field(object, "roleRef", "name"))}`;
    return [object.metadata.name, role, ageOf(object, now), names("User"), names("Group"), names("ServiceAccount")];
  },
};

/** Namespaces, and what configures them: data, accounts, quotas, who is bound to which role. */
export const configurationPrinters: { readonly [kind: string]: Printer } = {
  "/Namespace": {
    columns: columns("Name", "Status", "Age"),
    cells: (object, now) => [object.metadata.name, text(field(object, "status", "phase")), ageOf(object, now)],
  },
  "/ConfigMap": {
    columns: columns("Name", "Data", "Age"),
    cells: (object, now) => [object.metadata.name, sizeOf(object["data"]) + sizeOf(object["binaryData"]), ageOf(object, now)],
  },
  "/Secret": {
    columns: columns("Name", "Type", "Data", "Age"),
    cells: (object, now) => [object.metadata.name, text(object["type"]), sizeOf(object["data"]), ageOf(object, now)],
  },
  "/ServiceAccount": {
    columns: columns("Name", "Age"),
    cells: (object, now) => [object.metadata.name, ageOf(object, now)],
  },
  "/ResourceQuota": {
    columns: columns("Name", "Request", "Limit", "Age"),
    cells: (object, now) => [object.metadata.name, ...quotaCells(object), ageOf(object, now)],
  },
  "rbac.authorization.k8s.io/RoleBinding": bindingPrinter,
  "rbac.authorization.k8s.io/ClusterRoleBinding": bindingPrinter,
};

function subjectsOf(binding: KubernetesObject, kind: string): readonly string[] {
  return list(binding["subjects"])
    .filter((subject) => field(subject, "kind") === kind)
    .map((subject) => (kind === "ServiceAccount" ? `${text(field(subject, "namespace"))}/${text(field(subject, "name"))}` : text(field(subject, "name"))));
}

function quotaCells(quota: KubernetesObject): readonly [string, string] {
  const hard = Object.entries((field(quota, "status", "hard") ?? {}) as JsonObject).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const render = ([name, limit]: readonly [string, Json | undefined]): string =>
    `${name}: ${String(field(quota, "status", "used", name) ?? 0)}/${String(limit)}`;
  const isLimit = ([name]: readonly [string, unknown]): boolean => name.startsWith("limits.");
  return [
    hard
      .filter((entry) => !isLimit(entry))
      .map(render)
      .join(", "),
    hard.filter(isLimit).map(render).join(", "),
  ];
}
