import { field, list, text } from "../../../../core/kubernetes/field.ts";
import type { Causes, Check } from "./causes.ts";
import { duplicate, invalidValue, none, notSupported, oneOf, required, when } from "./causes.ts";

/** What extends the API: webhooks, aggregated APIs, custom kinds. Source: k8s.io/kubernetes, pkg/apis/admissionregistration; k8s.io/kube-aggregator; k8s.io/apiextensions-apiserver. */
export const extensionChecks: Readonly<Record<string, Check>> = {
  "admissionregistration.k8s.io/ValidatingWebhookConfiguration": { create: validateWebhooks },
  "admissionregistration.k8s.io/MutatingWebhookConfiguration": { create: validateWebhooks },
  "apiregistration.k8s.io/APIService": { create: validateApiService },
  "apiextensions.k8s.io/CustomResourceDefinition": { create: validateCustomResource },
};

function validateWebhooks(object: unknown): Causes {
  const webhooks = list(field(object, "webhooks"));
  const names = webhooks.map((webhook) => text(field(webhook, "name")));
  return [
    ...webhooks.flatMap((webhook, index) => validateWebhook(`webhooks[${index}]`, webhook)),
    ...names.flatMap((name, index) => (names.indexOf(name) < index ? duplicate(`webhooks[${index}].name`, name) : none)),
  ];
}

function validateWebhook(path: string, webhook: unknown): Causes {
  const name = text(field(webhook, "name"));
  const seconds = Number(field(webhook, "timeoutSeconds") ?? 10);
  return [
    ...(name === ""
      ? required(`${path}.name`)
      : when(name.split(".").length < 3, () => invalidValue(`${path}.name`, name, "should be a domain with at least three segments separated by dots"))),
    ...list(field(webhook, "rules")).flatMap((rule, index) => validateRule(`${path}.rules[${index}]`, rule)),
    ...oneOf(`${path}.failurePolicy`, field(webhook, "failurePolicy"), ["Fail", "Ignore"]),
    ...oneOf(`${path}.matchPolicy`, field(webhook, "matchPolicy"), ["Equivalent", "Exact"]),
    ...validateSideEffects(`${path}.sideEffects`, text(field(webhook, "sideEffects"))),
    ...when(seconds < 1 || seconds > 30, () => invalidValue(`${path}.timeoutSeconds`, seconds, "the timeout value must be between 1 and 30 seconds")),
    ...validateClient(`${path}.clientConfig`, field(webhook, "clientConfig")),
    ...validateVersions(`${path}.admissionReviewVersions`, list(field(webhook, "admissionReviewVersions"))),
  ];
}

const operations = ["*", "CONNECT", "CREATE", "DELETE", "UPDATE"];

function validateRule(path: string, rule: unknown): Causes {
  const needed = (name: string): Causes => {
    const values = list(field(rule, name));
    if (values.length === 0) return required(`${path}.${name}`);
    return name === "apiGroups" ? none : values.flatMap((value, index) => when(value === "", () => required(`${path}.${name}[${index}]`)));
  };
  return [
    ...list(field(rule, "operations")).flatMap((operation, index) => oneOf(`${path}.operations[${index}]`, operation, operations)),
    ...when(list(field(rule, "operations")).length === 0, () => required(`${path}.operations`)),
    ...["apiGroups", "apiVersions", "resources"].flatMap(needed),
  ];
}

function validateSideEffects(path: string, effects: string): Causes {
  const known = ["None", "NoneOnDryRun"];
  if (effects === "") return required(path, `must specify one of ${known.join(", ")}`);
  return known.includes(effects) ? none : notSupported(path, effects, known);
}

function validateClient(path: string, client: unknown): Causes {
  const [url, service] = [field(client, "url"), field(client, "service")];
  if ((url === undefined) === (service === undefined)) return required(path, "exactly one of url or service is required");
  if (typeof url === "string") {
    const scheme = url.split(":")[0] ?? "";
    return scheme === "https" ? none : invalidValue(`${path}.url`, scheme, "'https' is the only allowed URL scheme; desired format: https://host[/path]");
  }
  return ["namespace", "name"].flatMap((name) => when(text(field(service, name)) === "", () => required(`${path}.service.${name}`)));
}

function validateVersions(path: string, versions: readonly unknown[]): Causes {
  if (versions.length === 0) return required(path, "must specify one of v1, v1beta1");
  return versions.some((version) => version === "v1" || version === "v1beta1")
    ? none
    : invalidValue(path, versions, "must include at least one of v1, v1beta1");
}

function validateApiService(object: unknown): Causes {
  const spec = field(object, "spec");
  const [name, wanted] = [text(field(object, "metadata", "name")), `${text(field(spec, "version"))}.${text(field(spec, "group"))}`];
  const [group, version] = [Number(field(spec, "groupPriorityMinimum") ?? 0), Number(field(spec, "versionPriority") ?? 0)];
  const service = field(spec, "service");
  return [
    ...when(name !== wanted, () => invalidValue("metadata.name", name, `must be \`spec.version+"."+spec.group\`: ${JSON.stringify(wanted)}`)),
    ...when(group <= 0 || group > 20000, () => invalidValue("spec.groupPriorityMinimum", group, "must be positive and less than 20000")),
    ...when(version <= 0 || version > 1000, () => invalidValue("spec.versionPriority", version, "must be positive and less than 1000")),
    ...when(service !== undefined, () =>
      ["namespace", "name"].flatMap((part) => when(text(field(service, part)) === "", () => required(`spec.service.${part}`))),
    ),
  ];
}

function validateCustomResource(object: unknown): Causes {
  const spec = field(object, "spec");
  const name = text(field(object, "metadata", "name"));
  const [group, plural, kind] = [text(field(spec, "group")), text(field(spec, "names", "plural")), text(field(spec, "names", "kind"))];
  const versions = list(field(spec, "versions"));
  const stored = versions.filter((version) => field(version, "storage") === true);
  return [
    ...when(name !== `${plural}.${group}`, () => invalidValue("metadata.name", name, 'must be spec.names.plural+"."+spec.group')),
    ...when(group === "", () => required("spec.group")),
    ...oneOf("spec.scope", field(spec, "scope"), ["Cluster", "Namespaced"]),
    ...versions.flatMap((version, index) =>
      when(field(version, "schema", "openAPIV3Schema") === undefined, () => required(`spec.versions[${index}].schema.openAPIV3Schema`)),
    ),
    // The API server quotes its own form of the versions, and the storedVersions that follow from them.
    ...when(stored.length !== 1, () => invalidValue("spec.versions", versions, "must have exactly one version marked as storage version")),
    ...when(plural === "", () => required("spec.names.plural")),
    ...when(kind === "", () => [...required("spec.names.singular"), ...required("spec.names.kind"), ...required("spec.names.listKind")]),
    ...when(stored.length === 0, () => invalidValue("status.storedVersions", null, "must have at least one stored version")),
  ];
}
