import type { JsonObject } from "../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import type { Admission } from "../registry/api.ts";
import type { ResourceType } from "../resource-type.ts";
import type { StatusError } from "../status-error.ts";
import { forbidden } from "../status-error.ts";
import { objectAt } from "../../objects/object-fields.ts";

/** What an admission is asked. */
export type AdmissionRequest = Parameters<Admission>[0];

/** Whether the object itself, not one of its subresources, is created or changed: isWriteOf(request, "", "pods", "CREATE"). */
export const isWriteOf = (
  { operation, type, subresource }: AdmissionRequest,
  [group, plural]: readonly [string, string],
  operations: readonly AdmissionRequest["operation"][] = ["CREATE"],
): boolean => type.group === group && type.plural === plural && subresource === "" && operations.includes(operation);

/** A 403 about the object of a request; one that is still without a name goes by the beginning of it. */
export function refuse({ type, name, object }: AdmissionRequest, why: string): StatusError {
  const { generateName } = object.metadata;
  return forbidden(type, name === "" && typeof generateName === "string" ? generateName : name, why);
}

/** What is stored of another type, if this cluster serves it. */
export function readObject(request: AdmissionRequest, [group, plural]: readonly [string, string], name: string): KubernetesObject | undefined {
  const type = findType(request, group, plural);
  return type && request.store.get({ type, namespace: type.namespaced ? request.namespace : "", name });
}

/** All that is stored of another type, in the request's namespace where it has namespaces. */
export function readObjects(request: AdmissionRequest, [group, plural]: readonly [string, string]): readonly KubernetesObject[] {
  const type = findType(request, group, plural);
  return type ? request.store.list(type, type.namespaced ? request.namespace : "") : [];
}

/** The object with parts of its spec replaced; parts that are undefined stay as they are. */
export function withSpec(object: KubernetesObject, changes: JsonObject): KubernetesObject {
  const wanted = Object.entries(changes).filter(([, value]) => value !== undefined);
  return wanted.length === 0 ? object : { ...object, spec: { ...objectAt(object["spec"]), ...Object.fromEntries(wanted) } };
}

const findType = ({ types }: AdmissionRequest, group: string, plural: string): ResourceType | undefined =>
  types.all().find((type) => type.group === group && type.plural === plural);
