import { isDeepStrictEqual } from "node:util";
import type { JsonObject } from "../../../../core/contract/json.ts";
import { isJsonObject } from "../../../../core/contract/json.ts";
import { field, text } from "../../../../core/kubernetes/field.ts";
import type { Causes } from "../../causes.ts";
import type { Check } from "./check.ts";
import { immutable, invalidValue, none, notSupported, oneOf, required, when } from "../../causes.ts";
import { validateLabelSelector } from "./labels.ts";
import { validateMatch, validatePodTemplate } from "./pod-templates.ts";
import { nonNegative } from "./value-rules.ts";

/** Source: k8s.io/kubernetes, pkg/apis/batch/validation/validation.go. */
export const jobChecks: Readonly<Record<string, Check>> = {
  "batch/Job": {
    create: (object) => validateJob(field(object, "spec")),
    // An update is looked at twice, and what is wrong is said twice.
    update: (object, old) => [...validateJob(field(object, "spec")), ...validateJobUpdate(field(object, "spec"), field(old, "spec"))],
  },
};

function validateJob(spec: unknown): Causes {
  const selector = field(spec, "selector");
  return [
    ...validateJobSpec("spec", spec),
    ...(selector === undefined ? required("spec.selector") : validateLabelSelector("spec.selector", selector)),
    ...validateMatch(spec),
  ];
}

function validateJobSpec(path: string, spec: unknown): Causes {
  const counts = ["parallelism", "completions", "activeDeadlineSeconds", "backoffLimit", "ttlSecondsAfterFinished"];
  const mode = text(field(spec, "completionMode"));
  const policy = field(spec, "template", "spec", "restartPolicy");
  const policyPath = `${path}.template.spec.restartPolicy`;
  return [
    ...counts.flatMap((name) => nonNegative(`${path}.${name}`, field(spec, name))),
    ...oneOf(`${path}.completionMode`, mode, ["NonIndexed", "Indexed"]),
    ...when(mode === "Indexed" && field(spec, "completions") === undefined, () => required(`${path}.completions`, "when completion mode is Indexed")),
    ...validatePodTemplate(`${path}.template`, field(spec, "template")),
    ...(policy === "Always" || policy === undefined
      ? required(policyPath, 'valid values: "OnFailure", "Never"')
      : policy === "OnFailure" || policy === "Never"
        ? none
        : notSupported(policyPath, policy, ["OnFailure", "Never"])),
  ];
}

function validateJobUpdate(spec: unknown, old: unknown): Causes {
  const fixed = (name: string): Causes => immutable(`spec.${name}`, field(spec, name), field(old, name));
  const isIndexed = field(spec, "completionMode") === "Indexed" && field(spec, "completions") === field(spec, "parallelism");
  return [...(isIndexed ? none : fixed("completions")), ...fixed("selector"), ...validateTemplateUpdate(spec, old), ...fixed("completionMode")];
}

/** While a Job is suspended it may still be said where its pods go. */
function validateTemplateUpdate(spec: unknown, old: unknown): Causes {
  const isSuspended = field(old, "suspend") === true;
  const [now, before] = [fixedTemplate(spec, isSuspended), fixedTemplate(old, isSuspended)];
  if (isDeepStrictEqual(now, before)) return none;
  return isSuspended ? invalidValue("spec.template.spec", now["spec"], "field is immutable") : invalidValue("spec.template", now, "field is immutable");
}

function fixedTemplate(spec: unknown, isSuspended: boolean): JsonObject {
  const template = field(spec, "template");
  if (!isJsonObject(template) || !isSuspended) return isJsonObject(template) ? template : {};
  const { nodeSelector: _, tolerations: __, affinity: ___, schedulingGates: ____, ...kept } = isJsonObject(template["spec"]) ? template["spec"] : {};
  return { spec: kept };
}
