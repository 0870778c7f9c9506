import { field, text } from "../../../../core/kubernetes/field.ts";
import { nanosOf } from "../../../../core/kubernetes/quantity.ts";
import type { Causes } from "./causes.ts";
import { duplicate, forbidden, invalidValue, when } from "./causes.ts";

/** A LimitRange's limits, each of another type. Source: k8s.io/kubernetes, pkg/apis/core/validation, ValidateLimitRange. */
export function validateLimitRange(limits: readonly unknown[]): Causes {
  const types = limits.map((limit) => text(field(limit, "type")));
  return limits.flatMap((limit, index) => {
    const path = `spec.limits[${index}]`;
    const type = types[index] ?? "";
    const isTaken = types.indexOf(type) < index;
    if (isTaken) return duplicate(`${path}.type`, type);
    const refused = type === "Pod" ? ["default", "defaultRequest"].filter((name) => field(limit, name) !== undefined) : [];
    return [...refused.flatMap((name) => forbidden(`${path}.${name}`, "may not be specified when `type` is 'Pod'")), ...validateAmounts(path, limit)];
  });
}

function validateAmounts(path: string, limit: unknown): Causes {
  const at = (part: string, name: string): unknown => field(limit, part, name);
  const names = new Set(["min", "max", "default", "defaultRequest"].flatMap((part) => Object.keys(field(limit, part) ?? {})));
  return [...names].flatMap((name) => {
    const [min, max, preset, request] = ["min", "max", "default", "defaultRequest"].map((part) => at(part, name));
    const isOver = (left: unknown, right: unknown): boolean => left !== undefined && right !== undefined && nanosOf(left) > nanosOf(right);
    const wrong = (part: string, value: unknown, detail: string): Causes => invalidValue(`${path}.${part}[${name}]`, value, detail);
    return [
      ...when(isOver(min, max), () => wrong("min", min, `min value ${text(min)} is greater than max value ${text(max)}`)),
      ...when(isOver(min, request), () => wrong("defaultRequest", request, `min value ${text(min)} is greater than default request value ${text(request)}`)),
      ...when(isOver(request, max), () => wrong("defaultRequest", request, `default request value ${text(request)} is greater than max value ${text(max)}`)),
      ...when(isOver(request, preset), () =>
        wrong("defaultRequest", request, `default request value ${text(request)} is greater than default limit value ${text(preset)}`),
      ),
      ...when(isOver(min, preset), () => wrong("default", preset, `min value ${text(min)} is greater than default value ${text(preset)}`)),
      // The API server quotes the maximum here.
      ...when(isOver(preset, max), () => wrong("default", max, `default value ${text(preset)} is greater than max value ${text(max)}`)),
    ];
  });
}
