import { field } from "../../../../core/kubernetes/field.ts";
import { isSelected } from "../../../../core/kubernetes/label-selector.ts";
import type { Causes } from "../../causes.ts";
import { forbidden, invalidValue, none, notSupported, required, when } from "../../causes.ts";
import { validateLabelSelector, validateLabels } from "./labels.ts";
import { validatePodSpec } from "./pod-spec.ts";

/** The pods that a controller makes; `path` is the template's. */
export function validatePodTemplate(path: string, template: unknown): Causes {
  return [...validateLabels(`${path}.labels`, field(template, "metadata", "labels")), ...validatePodSpec(`${path}.spec`, field(template, "spec"))];
}

/** The pods of a controller that keeps them running. */
export function validateRunningTemplate(path: string, template: unknown): Causes {
  const [policy, deadline] = [field(template, "spec", "restartPolicy"), field(template, "spec", "activeDeadlineSeconds")];
  return [
    ...validatePodTemplate(path, template),
    ...when(policy !== undefined && policy !== "Always", () => notSupported(`${path}.spec.restartPolicy`, policy, ["Always"])),
    ...when(deadline !== undefined, () => forbidden(`${path}.spec.activeDeadlineSeconds`, "activeDeadlineSeconds in ReplicaSet is not Supported")),
  ];
}

/** A controller's selector in a spec; `kind` is how the message about an empty one ends. */
export function validateSelector(spec: unknown, kind: string): Causes {
  const selector = field(spec, "selector");
  if (selector === undefined) return required("spec.selector");
  return [
    ...validateLabelSelector("spec.selector", selector),
    ...when(isEmpty(selector), () => invalidValue("spec.selector", selector, `empty selector is invalid for ${kind}`)),
    ...when(isUnreadable(selector), () => invalidValue("spec.selector", selector, "invalid label selector")),
  ];
}

/** A controller's selector must choose its own pods. */
export function validateMatch(spec: unknown): Causes {
  const selector = field(spec, "selector");
  const labels = field(spec, "template", "metadata", "labels");
  if (selector !== undefined && (isEmpty(selector) || isUnreadable(selector))) return none;
  const isMatch = selector !== undefined && isSelected(selector, stringsOf(labels));
  return isMatch ? none : invalidValue("spec.template.metadata.labels", labels, "`selector` does not match template `labels`");
}

const stringsOf = (labels: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(labels ?? {}).map(([key, value]) => [key, String(value)]));

const isEmpty = (selector: unknown): boolean => ["matchLabels", "matchExpressions"].every((part) => Object.keys(field(selector, part) ?? {}).length === 0);

const isUnreadable = (selector: unknown): boolean => validateLabelSelector("", selector).length > 0;
