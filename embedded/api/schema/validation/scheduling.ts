import { field, list, text } from "../../../../core/kubernetes/field.ts";
import { findLabelValueProblems } from "../../../../core/kubernetes/names.ts";
import type { Causes } from "../../causes.ts";
import { duplicate, invalidValue, none, notSupported, oneOf, required, when } from "../../causes.ts";
import { validateLabelSelector, validateNodeSelectorTerm } from "./labels.ts";
import { qualifiedName } from "./value-rules.ts";

/** A pod's affinity to nodes and to other pods. */
export function validateAffinity(path: string, affinity: unknown): Causes {
  const node = field(affinity, "nodeAffinity");
  return [
    ...validateNodeAffinity(`${path}.nodeAffinity`, node),
    ...["podAffinity", "podAntiAffinity"].flatMap((kind) => validatePodAffinity(`${path}.${kind}`, field(affinity, kind))),
  ];
}

const must = "requiredDuringSchedulingIgnoredDuringExecution";
const should = "preferredDuringSchedulingIgnoredDuringExecution";

function validateNodeAffinity(path: string, affinity: unknown): Causes {
  const needed = field(affinity, must);
  const terms = list(field(needed, "nodeSelectorTerms"));
  const at = `${path}.${must}.nodeSelectorTerms`;
  return [
    ...when(needed !== undefined && terms.length === 0, () => required(at, "must have at least one node selector term")),
    ...terms.flatMap((term, index) => validateNodeSelectorTerm(`${at}[${index}]`, term)),
    ...list(field(affinity, should)).flatMap((wish, index) => [
      ...validateWeight(`${path}.${should}[${index}].weight`, wish),
      ...validateNodeSelectorTerm(`${path}.${should}[${index}].preference`, field(wish, "preference")),
    ]),
  ];
}

function validateWeight(path: string, wish: unknown): Causes {
  const weight = Number(field(wish, "weight") ?? 0);
  return weight >= 1 && weight <= 100 ? none : invalidValue(path, weight, "must be in the range 1-100");
}

function validatePodAffinity(path: string, affinity: unknown): Causes {
  return [
    ...list(field(affinity, must)).flatMap((term, index) => validatePodTerm(`${path}.${must}[${index}]`, term)),
    ...list(field(affinity, should)).flatMap((wish, index) => [
      ...validateWeight(`${path}.${should}[${index}].weight`, wish),
      ...validatePodTerm(`${path}.${should}[${index}].podAffinityTerm`, field(wish, "podAffinityTerm")),
    ]),
  ];
}

function validatePodTerm(path: string, term: unknown): Causes {
  const key = text(field(term, "topologyKey"));
  return [
    ...validateLabelSelector(`${path}.labelSelector`, field(term, "labelSelector")),
    ...when(key === "", () => required(`${path}.topologyKey`, "can not be empty")),
    ...qualifiedName(`${path}.topologyKey`, key),
  ];
}

/** A pod's tolerations. */
export function validateTolerations(path: string, tolerations: readonly unknown[]): Causes {
  return tolerations.flatMap((toleration, index) => validateToleration(`${path}[${index}]`, toleration));
}

function validateToleration(path: string, toleration: unknown): Causes {
  const at = (name: string): string => text(field(toleration, name));
  const [key, operator, value, effect] = [at("key"), at("operator"), at("value"), at("effect")];
  const problems = operator === "" || operator === "Equal" ? findLabelValueProblems(value) : [];
  const wholeKeys = 'operator must be Exists when `key` is empty, which means "match all values and all keys"';
  const isTimed = field(toleration, "tolerationSeconds") !== undefined && effect !== "NoExecute";
  return [
    ...(key === "" ? none : qualifiedName(`${path}.key`, key)),
    ...when(key === "" && operator !== "Exists", () => invalidValue(`${path}.operator`, operator, wholeKeys)),
    ...when(isTimed, () => invalidValue(`${path}.effect`, effect, "effect must be 'NoExecute' when `tolerationSeconds` is set")),
    ...when(problems.length > 0, () => invalidValue(`${path}.operator`, value, problems.join(";"))),
    ...when(operator === "Exists" && value !== "", () => invalidValue(`${path}.operator`, value, "value must be empty when `operator` is 'Exists'")),
    ...oneOf(`${path}.operator`, operator, ["Equal", "Exists"]),
    ...oneOf(`${path}.effect`, effect, effects),
  ];
}

/** What a taint can do, in the order in which messages list it. */
export const effects = ["NoSchedule", "PreferNoSchedule", "NoExecute"];

/** A pod's topology spread constraints. */
export function validateSpread(path: string, constraints: readonly unknown[]): Causes {
  const pairs = constraints.map((constraint) => `{${text(field(constraint, "topologyKey"))}, ${text(field(constraint, "whenUnsatisfiable"))}}`);
  return constraints.flatMap((constraint, index) => {
    const at = `${path}[${index}]`;
    const [key, action, skew] = [
      text(field(constraint, "topologyKey")),
      text(field(constraint, "whenUnsatisfiable")),
      Number(field(constraint, "maxSkew") ?? 0),
    ];
    const pair = pairs[index] ?? "";
    const actions = ["DoNotSchedule", "ScheduleAnyway"];
    return [
      ...when(skew <= 0, () => invalidValue(`${at}.maxSkew`, skew, "must be greater than zero")),
      ...(key === "" ? required(`${at}.topologyKey`, "can not be empty") : qualifiedName(`${at}.topologyKey`, key)),
      ...(actions.includes(action) ? none : notSupported(`${at}.whenUnsatisfiable`, action, actions)),
      ...when(pairs.includes(pair, index + 1), () => duplicate(`${at}.{topologyKey, whenUnsatisfiable}`, pair)),
      ...validateLabelSelector(`${at}.labelSelector`, field(constraint, "labelSelector")),
    ];
  });
}
