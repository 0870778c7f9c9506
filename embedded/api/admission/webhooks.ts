import { field, list, text } from "../../../core/kubernetes/field.ts";
import { isSelected } from "../../../core/kubernetes/label-selector.ts";
import type { JsonObject } from "../../../core/contract/json.ts";
import type { Admission } from "../registry/api.ts";
import { StatusError } from "../status-error.ts";
import type { AdmissionRequest } from "./request.ts";
import { readObject } from "./request.ts";
import { objectAt, objectsAt } from "../../objects/object-fields.ts";

/**
 * Webhooks are asked by nobody here, as if none of them could be reached: those that must be asked (failurePolicy Fail) refuse what they are about.
 * Source: k8s.io/apiserver, pkg/admission/plugin/webhook/generic/webhook.go.
 */
export const webhooks: Admission = (request) => {
  if (request.type.group === "admissionregistration.k8s.io") return request.object;
  for (const kind of ["mutatingwebhookconfigurations", "validatingwebhookconfigurations"]) {
    const type = request.types.all().find(({ group, plural }) => group === "admissionregistration.k8s.io" && plural === kind);
    for (const configuration of type ? request.store.list(type, "") : [])
      for (const webhook of objectsAt(configuration["webhooks"]))
        if (isAsked(request, webhook) && field(webhook, "failurePolicy") !== "Ignore") throw refuse(request, webhook);
  }
  return request.object;
};

function isAsked(request: AdmissionRequest, webhook: JsonObject): boolean {
  const { type, operation, subresource, namespace, object, old } = request;
  const resource = subresource === "" ? type.plural : `${type.plural}/${subresource}`;
  const isNamed = (rule: JsonObject, key: string, names: readonly string[]): boolean => ["*", ...names].some((name) => list(rule[key]).includes(name));
  const isRuled = objectsAt(webhook["rules"]).some(
    (rule) =>
      isNamed(rule, "operations", [operation]) &&
      isNamed(rule, "apiGroups", [type.group]) &&
      isNamed(rule, "apiVersions", [type.version]) &&
      isNamed(rule, "resources", [resource, ...(subresource === "" ? [] : ["*/*"])]),
  );
  const home = namespace === "" ? undefined : readObject(request, ["", "namespaces"], namespace);
  return (
    isRuled &&
    (!home || isSelected(objectAt(webhook["namespaceSelector"]), home.metadata.labels ?? {})) &&
    [object, old].some((each) => each && isSelected(objectAt(webhook["objectSelector"]), each.metadata.labels ?? {}))
  );
}

function refuse(request: AdmissionRequest, webhook: JsonObject): StatusError {
  const service = field(webhook, "clientConfig", "service");
  const [name, namespace] = [text(field(service, "name")), text(field(service, "namespace"))];
  const address = service === undefined ? text(field(webhook, "clientConfig", "url")) : `https://${name}.${namespace}.svc:443${text(field(service, "path"))}`;
  const url = `${address}?timeout=${Number(field(webhook, "timeoutSeconds") ?? 10)}s`;
  const isThere = service === undefined || readService(request, namespace, name);
  const why = isThere ? `dial tcp: connect: connection refused` : `service ${JSON.stringify(name)} not found`;
  const message = `failed calling webhook ${JSON.stringify(webhook["name"])}: failed to call webhook: Post ${JSON.stringify(url)}: ${why}`;
  return new StatusError({
    code: 500,
    reason: "InternalError",
    message: `Internal error occurred: ${message}`,
    details: { causes: [{ message }] },
  });
}

const readService = (request: AdmissionRequest, namespace: string, name: string): boolean =>
  readObject({ ...request, namespace }, ["", "services"], name) !== undefined;
