import { isDeepStrictEqual } from "node:util";
import type { JsonObject } from "../../../../core/contract/json.ts";
import { isJsonObject } from "../../../../core/contract/json.ts";
import { field, list, text } from "../../../../core/kubernetes/field.ts";
import type { Causes } from "../../causes.ts";
import { forbidden, invalidValue, none, required, when } from "../../causes.ts";
import { validatePodSpec } from "./pod-spec.ts";
import { validateTolerations } from "./scheduling.ts";

/** A pod as such. */
export function validatePod(pod: unknown, old: unknown): Causes {
  const spec = field(pod, "spec");
  const ephemeral = list(field(spec, "ephemeralContainers"));
  return [
    ...validatePodSpec("spec", spec),
    ...["containers", "initContainers"].flatMap((kind) =>
      list(field(spec, kind)).flatMap((container, index) => {
        const image = text(field(container, "image"));
        return when(image !== image.trim(), () => invalidValue(`spec.${kind}[${index}].image`, image, "must not have leading or trailing whitespace"));
      }),
    ),
    ...when(old === undefined && ephemeral.length > 0, () => forbidden("spec.ephemeralContainers", "cannot be set on create")),
  ];
}

/** What may change of a pod; the API server adds a comparison of the specs, in Go's terms, to the last message. */
export function validatePodUpdate(pod: unknown, old: unknown): Causes {
  const [spec, before] = [field(pod, "spec"), field(old, "spec")];
  for (const kind of ["containers", "initContainers"]) {
    const now = list(field(spec, kind));
    if (now.length !== list(field(before, kind)).length) return forbidden(`spec.${kind}`, "pod updates may not add or remove containers");
  }
  const images = ["containers", "initContainers"].flatMap((kind) =>
    list(field(spec, kind)).flatMap((container, index) => when(text(field(container, "image")) === "", () => required(`spec.${kind}[${index}].image`))),
  );
  const deadline = validateDeadline(field(spec, "activeDeadlineSeconds"), field(before, "activeDeadlineSeconds"));
  if (deadline.length > 0) return [...images, ...deadline];
  return [
    ...images,
    ...validateAddedTolerations(list(field(spec, "tolerations")), list(field(before, "tolerations"))),
    ...when(!isDeepStrictEqual(withoutChangeable(spec, before), withoutChangeable(before, before)), () => forbidden("spec", fixedSpec)),
  ];
}

const fixedSpec =
  "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";

function validateDeadline(now: unknown, before: unknown): Causes {
  const path = "spec.activeDeadlineSeconds";
  if (typeof before !== "number") return none;
  if (typeof now !== "number") return invalidValue(path, null, "must not update from a positive integer to nil value");
  return now > before ? invalidValue(path, now, "must be less than or equal to previous value") : none;
}

function validateAddedTolerations(now: readonly unknown[], before: readonly unknown[]): Causes {
  const untimed = (toleration: unknown): JsonObject => {
    const { tolerationSeconds: _, ...rest } = isJsonObject(toleration) ? toleration : {};
    return rest;
  };
  const isKept = before.every((toleration) => now.some((other) => isDeepStrictEqual(untimed(other), untimed(toleration))));
  if (!isKept) return forbidden("spec.tolerations", "existing toleration can not be modified except its tolerationSeconds");
  return validateTolerations("spec.tolerations", now);
}

/** A pod that waits at a gate may be let go, and sent to fewer nodes. */
function withoutChangeable(spec: unknown, before: unknown): JsonObject {
  if (!isJsonObject(spec)) return {};
  const { activeDeadlineSeconds: _, tolerations: __, schedulingGates: gates, nodeSelector, affinity, ...rest } = spec;
  const isGated = list(field(before, "schedulingGates")).length > 0;
  const images = ["containers", "initContainers"].map((kind) => [
    kind,
    list(rest[kind]).map((container) => {
      const { image: ___, ...others } = isJsonObject(container) ? container : {};
      return others;
    }),
  ]);
  return { ...rest, ...Object.fromEntries(images), ...(isGated ? {} : { schedulingGates: gates, nodeSelector, affinity }) };
}
