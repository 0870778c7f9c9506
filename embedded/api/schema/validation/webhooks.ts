import { field, list, text } from "../../../../core/kubernetes/field.ts";
import type { Causes } from "../../causes.ts";
import type { Check } from "./check.ts";
import { duplicate, invalidValue, none, notSupported, oneOf, required, when } from "../../causes.ts";

/** Webhooks that stand in front of writes. Source: k8s.io/kubernetes, pkg/apis/admissionregistration. */
export const webhookChecks: Readonly<Record<string, Check>> = {
  "admissionregistration.k8s.io/ValidatingWebhookConfiguration": { create: validateWebhooks },
  "admissionregistration.k8s.io/MutatingWebhookConfiguration": { create: validateWebhooks },
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
