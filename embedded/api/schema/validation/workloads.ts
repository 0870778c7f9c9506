import { isDeepStrictEqual } from "node:util";
import { isJsonObject } from "../../../../core/contract/json.ts";
import { field, text } from "../../../../core/kubernetes/field.ts";
import { findDnsLabelProblems } from "../../../../core/kubernetes/names.ts";
import type { Causes } from "../../causes.ts";
import type { Check } from "./check.ts";
import { forbidden, immutable, invalidValue, invalidValues, none, notSupported, oneOf, required, when } from "../../causes.ts";
import { validateMatch, validateRunningTemplate, validateSelector, validatePodTemplate } from "./pod-templates.ts";
import { nonNegative, numberOrPercent } from "./value-rules.ts";

const counts = (spec: unknown, ...names: readonly string[]): Causes => names.flatMap((name) => nonNegative(`spec.${name}`, field(spec, name)));
const fixedSelector: Check["update"] = (object, old) => immutable("spec.selector", field(object, "spec", "selector"), field(old, "spec", "selector"));

/** Source: k8s.io/kubernetes, pkg/apis/apps/validation/validation.go. */
export const workloadChecks: Readonly<Record<string, Check>> = {
  "apps/Deployment": { create: (object) => validateDeployment(field(object, "spec")), update: fixedSelector },
  "apps/ReplicaSet": {
    create(object) {
      const spec = field(object, "spec");
      return [
        ...counts(spec, "replicas", "minReadySeconds"),
        ...validateSelector(spec, "deployment"),
        ...validateMatch(spec),
        ...validateRunningTemplate("spec.template", field(spec, "template")),
      ];
    },
    update: fixedSelector,
  },
  "apps/DaemonSet": { create: (object) => validateDaemonSet(field(object, "spec")), update: fixedSelector },
  "/PodTemplate": { create: (object) => validatePodTemplate("template", field(object, "template")) },
  "apps/StatefulSet": { create: (object) => validateStatefulSet(field(object, "spec")), update: validateStatefulSetUpdate },
};

function validateDeployment(spec: unknown): Causes {
  const [ready, deadline] = [Number(field(spec, "minReadySeconds") ?? 0), Number(field(spec, "progressDeadlineSeconds") ?? Infinity)];
  return [
    ...counts(spec, "replicas"),
    ...validateSelector(spec, "deployment"),
    ...validateMatch(spec),
    ...validateRunningTemplate("spec.template", field(spec, "template")),
    ...validateStrategy(field(spec, "strategy")),
    ...counts(spec, "minReadySeconds", "revisionHistoryLimit", "progressDeadlineSeconds"),
    ...when(deadline <= ready, () => invalidValue("spec.progressDeadlineSeconds", deadline, "must be greater than minReadySeconds")),
  ];
}

const isNothing = (value: unknown): boolean => value === 0 || value === "0%";
const tooMuch = (path: string, value: unknown): Causes =>
  typeof value === "string" && /^\d+%$/.test(value) && Number.parseInt(value, 10) > 100 ? invalidValue(path, value, "must not be greater than 100%") : none;

function validateStrategy(strategy: unknown): Causes {
  const [type, rolling] = [text(field(strategy, "type")), field(strategy, "rollingUpdate")];
  const path = "spec.strategy.rollingUpdate";
  if (type === "Recreate") return when(rolling !== undefined, () => forbidden(path, "may not be specified when strategy `type` is 'Recreate'"));
  // The API server quotes its own form of the strategy.
  if (type !== "RollingUpdate") return notSupported("spec.strategy", { Type: type, RollingUpdate: null }, ["Recreate", "RollingUpdate"]);
  const [surge, missing] = [field(rolling, "maxSurge"), field(rolling, "maxUnavailable")];
  return [
    ...numberOrPercent(`${path}.maxUnavailable`, missing),
    ...numberOrPercent(`${path}.maxSurge`, surge),
    ...when(isNothing(surge) && isNothing(missing), () => invalidValue(`${path}.maxUnavailable`, missing, "may not be 0 when `maxSurge` is 0")),
    ...tooMuch(`${path}.maxUnavailable`, missing),
  ];
}

function validateDaemonSet(spec: unknown): Causes {
  const [type, rolling] = [text(field(spec, "updateStrategy", "type")), field(spec, "updateStrategy", "rollingUpdate")];
  const [surge, missing] = [field(rolling, "maxSurge"), field(rolling, "maxUnavailable")];
  const path = "spec.updateStrategy";
  return [
    ...when(field(spec, "selector") === undefined, () => required("spec.selector")),
    ...validateMatch(spec),
    ...validateRunningTemplate("spec.template", field(spec, "template")),
    ...counts(spec, "minReadySeconds"),
    ...(["RollingUpdate", "OnDelete"].includes(type) ? none : notSupported(path, { Type: type, RollingUpdate: null }, ["RollingUpdate", "OnDelete"])),
    ...numberOrPercent(`${path}.rollingUpdate.maxUnavailable`, missing),
    ...numberOrPercent(`${path}.rollingUpdate.maxSurge`, surge),
    ...when(isNothing(surge) && isNothing(missing), () => required(`${path}.rollingUpdate.maxUnavailable`, "cannot be 0 when maxSurge is 0")),
    ...counts(spec, "revisionHistoryLimit"),
  ];
}

function validateStatefulSet(spec: unknown): Causes {
  const [policy, type, service] = [text(field(spec, "podManagementPolicy")), text(field(spec, "updateStrategy", "type")), text(field(spec, "serviceName"))];
  const isKnown = ["RollingUpdate", "OnDelete"].includes(type);
  return [
    ...(["OrderedReady", "Parallel"].includes(policy) ? none : invalidValue("spec.podManagementPolicy", policy, "must be 'OrderedReady' or 'Parallel'")),
    ...(isKnown ? none : invalidValue("spec.updateStrategy", { Type: type, RollingUpdate: null }, "must be 'RollingUpdate' or 'OnDelete'")),
    ...["whenDeleted", "whenScaled"].flatMap((name) =>
      oneOf(`spec.persistentVolumeClaimRetentionPolicy.${name}`, field(spec, "persistentVolumeClaimRetentionPolicy", name), ["Delete", "Retain"]),
    ),
    ...counts(spec, "replicas", "minReadySeconds"),
    ...when(service !== "", () => invalidValues("spec.serviceName", service, findDnsLabelProblems(service))),
    ...validateSelector(spec, "statefulset"),
    ...validateMatch(spec),
    ...validateRunningTemplate("spec.template", field(spec, "template")),
  ];
}

const changeable = ["replicas", "ordinals", "template", "updateStrategy", "revisionHistoryLimit", "persistentVolumeClaimRetentionPolicy", "minReadySeconds"];

function validateStatefulSetUpdate(object: unknown, old: unknown): Causes {
  const rest = (value: unknown): unknown => Object.fromEntries(Object.entries(isJsonObject(value) ? value : {}).filter(([name]) => !changeable.includes(name)));
  const isSame = isDeepStrictEqual(rest(field(object, "spec")), rest(field(old, "spec")));
  const names = "'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds'";
  return isSame ? none : forbidden("spec", `updates to statefulset spec for fields other than ${names} are forbidden`);
}
