import { field } from "../../../core/kubernetes/field.ts";
import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { type ResourceType, apiVersionOf } from "../resource-type.ts";
import type { StatusError } from "../status-error.ts";
import { badRequest } from "../status-error.ts";

/** One condition on a field: `metadata.name=x`, `status.phase!=Running`. */
type FieldRequirement = { readonly path: string; readonly isEqual: boolean; readonly value: string };

/** A field selector for objects of a type; empty chooses all. Throws StatusError 400 with the API server's message, also for fields that it can't select by. */
export function parseFieldSelector(type: ResourceType, selector: string): readonly FieldRequirement[] {
  const requirements = splitTerms(selector)
    .filter((term) => term !== "")
    .map((term) => parseTerm(selector, term));
  const { fields, refuse } = selectable(type);
  const unknown = requirements.find(({ path }) => !fields.includes(path));
  if (unknown !== undefined) throw refuse(unknown.path);
  return requirements;
}

/** Whether an object meets every requirement. */
export const meetsFields = (requirements: readonly FieldRequirement[], object: KubernetesObject): boolean =>
  requirements.every(({ path, isEqual, value }) => (readField(object, path) === value) === isEqual);

type Selectable = { readonly fields: readonly string[]; readonly refuse: (path: string) => StatusError };

const everywhere = ["metadata.name", "metadata.namespace"];

/** Of the kinds that have more than name and namespace. Source: pkg/apis/core/v1/conversion.go and its like of other groups. */
const ofKind: { readonly [kind: string]: readonly string[] } = {
  "v1 Pod": [
    ...everywhere,
    ...["nodeName", "restartPolicy", "schedulerName", "serviceAccountName", "hostNetwork"].map((part) => `spec.${part}`),
    ...["phase", "podIP", "podIPs", "nominatedNodeName"].map((part) => `status.${part}`),
  ],
  "v1 Node": ["metadata.name", "spec.unschedulable"],
  "v1 Event": [
    ...everywhere,
    ...["kind", "namespace", "name", "uid", "apiVersion", "resourceVersion", "fieldPath"].map((part) => `involvedObject.${part}`),
    "reason",
    "reportingComponent",
    "source",
    "type",
  ],
  "v1 Secret": [...everywhere, "type"],
  "v1 Service": [...everywhere, "spec.clusterIP", "spec.type"],
  "v1 Namespace": ["metadata.name", "status.phase"],
  "v1 ReplicationController": [...everywhere, "status.replicas"],
  "batch/v1 Job": [...everywhere, "status.successful"],
  "certificates.k8s.io/v1 CertificateSigningRequest": ["metadata.name", "spec.signerName"],
};

function selectable(type: ResourceType): Selectable {
  const fields = ofKind[`${apiVersionOf(type)} ${type.kind}`];
  if (fields === undefined)
    return {
      fields: everywhere,
      refuse: (path) => badRequest(`"${path}" is not a known field selector: only "metadata.name", "metadata.namespace"`),
    };
  if (type.kind === "Job") return { fields, refuse: (path) => badRequest(`field label "${path}" not supported for Job`) };
  return { fields, refuse: (path) => badRequest(`field label not supported: ${path}`) };
}

/** At commas that are not escaped. */
function splitTerms(selector: string): readonly string[] {
  return selector.match(/(?:\\.|[^,\\]|\\$)+/gs) ?? [];
}

function parseTerm(selector: string, term: string): FieldRequirement {
  const found = /^(.*?)(!=|==|=)(.*)$/s.exec(term);
  if (found === null) throw badRequest(`invalid selector: '${selector}'; can't understand '${term}'`);
  const [, path = "", operator = "", value = ""] = found;
  const bare = /[,=]/.exec(value.replace(/\\./gs, ""))?.[0];
  if (bare !== undefined) throw badRequest(`invalid field selector: unescaped character in value: ${bare.charCodeAt(0)}`);
  const sequence = /\\.?/s.exec(value.replace(/\\[\\,=]/g, ""))?.[0];
  if (sequence !== undefined) throw badRequest(`invalid field selector: invalid escape sequence: ${sequence}`);
  return { path, isEqual: operator !== "!=", value: value.replace(/\\(.)/gs, "$1") };
}

function readField(object: KubernetesObject, path: string): string {
  switch (path) {
    case "source":
      return asText(field(object, "source", "component") ?? field(object, "reportingComponent"));
    case "status.podIPs":
      return asText(field(object, "status", "podIPs", "0", "ip"));
    case "spec.unschedulable":
    case "spec.hostNetwork":
      return asText(field(object, ...path.split(".")) ?? false);
    case "status.replicas":
      return asText(field(object, "status", "replicas") ?? 0);
    case "status.successful":
      return asText(field(object, "status", "succeeded") ?? 0);
    default:
      return asText(field(object, ...path.split(".")));
  }
}

const asText = (value: unknown): string => (typeof value === "string" ? value : typeof value === "number" || typeof value === "boolean" ? String(value) : "");
