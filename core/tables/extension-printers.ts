import { field, list, text } from "../kubernetes/field.ts";
import type { KubernetesObject } from "../contract/kubernetes-object.ts";
import { ageOf, columns, type Printer, sizeOf } from "./printer.ts";

const group = "admissionregistration.k8s.io";

const webhookPrinter: Printer = {
  columns: columns("Name", "Webhooks:integer", "Age"),
  cells: (object, now) => [object.metadata.name, sizeOf(object["webhooks"]), ageOf(object, now)],
};

/** What extends the API server. */
export const extensionPrinters: { readonly [kind: string]: Printer } = {
  "apiregistration.k8s.io/APIService": {
    columns: columns("Name", "Service", "Available", "Age"),
    cells: (object, now) => [object.metadata.name, serviceOf(object), availability(object), ageOf(object, now)],
  },
  [`${group}/MutatingWebhookConfiguration`]: webhookPrinter,
  [`${group}/ValidatingWebhookConfiguration`]: webhookPrinter,
};

function serviceOf(object: KubernetesObject): string {
  const service = field(object, "spec", "service");
  return service === undefined ? "Local" : `${text(field(service, "namespace"))}/${text(field(service, "name"))}`;
}

function availability(object: KubernetesObject): string {
  const available = list(field(object, "status", "conditions")).find((each) => field(each, "type") === "Available");
  if (available === undefined) return "Unknown";
  const reason = text(field(available, "reason"));
  return field(available, "status") === "True" ? "True" : `${text(field(available, "status"))} (${reason})`;
}
