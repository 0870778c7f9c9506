import type { KubernetesObject } from "../contract/kubernetes-object.ts";
import { field, text } from "../kubernetes/field.ts";
import { renderLabelSelector } from "../kubernetes/label-selector.ts";
import { ageOf, columns, type Printer, sizeOf } from "./printer.ts";

const group = "admissionregistration.k8s.io";

const bindingPrinter: Printer = {
  columns: columns("Name", "PolicyName", "ParamRef", "Age"),
  cells: (object, now) => [object.metadata.name, text(field(object, "spec", "policyName")), parameterOf(object), ageOf(object, now)],
};

/** Admission policies and what they are bound to. */
export const policyPrinters: { readonly [kind: string]: Printer } = {
  [`${group}/ValidatingAdmissionPolicy`]: policyPrinter("Validations"),
  [`${group}/ValidatingAdmissionPolicyBinding`]: bindingPrinter,
  [`${group}/MutatingAdmissionPolicy`]: policyPrinter("Mutations"),
  [`${group}/MutatingAdmissionPolicyBinding`]: bindingPrinter,
};

function policyPrinter(rules: "Validations" | "Mutations"): Printer {
  return {
    columns: columns("Name", `${rules}:integer`, "ParamKind", "Age"),
    cells: (object, now) => {
      const kind = field(object, "spec", "paramKind");
      const parameters = kind === undefined ? "<unset>" : `${text(field(kind, "apiVersion"))}/${text(field(kind, "kind"))}`;
      return [object.metadata.name, sizeOf(field(object, "spec", rules.toLowerCase())), parameters, ageOf(object, now)];
    },
  };
}

function parameterOf(binding: KubernetesObject): string {
  const reference = field(binding, "spec", "paramRef");
  const name = text(field(reference, "name"));
  if (name !== "") return `${text(field(reference, "namespace")) || "*"}/${name}`;
  const selector = field(reference, "selector");
  return selector === undefined ? "<unset>" : renderLabelSelector(selector);
}
