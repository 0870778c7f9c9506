import { KnownError } from "../../../core/contract/known-error.ts";
import type { Toleration } from "../../../core/contract/run-spec.ts";
import { findLabelValueProblems, findQualifiedNameProblems } from "../../../core/kubernetes/names.ts";

/** `KEY`, `KEY=VALUE` or `*` for every taint, each with `:EFFECT` or for every effect; KnownError "wrong-usage" naming the flag otherwise. */
export function parseToleration(flag: string, text: string): Toleration {
  const [, key = "", value, effect] = /^([^=:]+)(?:=([^:]*))?(?::(.*))?$/s.exec(text) ?? [];
  const isEvery = key === "*" && value === undefined;
  const isKey = findQualifiedNameProblems(key).length === 0 && findLabelValueProblems(value ?? "").length === 0;
  if ((!isEvery && !isKey) || (effect !== undefined && !effects.includes(effect)))
    throw new KnownError("wrong-usage", `${flag} ${text}: is not of the form KEY[=VALUE][:EFFECT].`, {
      hint: `For example: ${flag} node-role.kubernetes.io/control-plane:NoSchedule, where the effect is ${effects.join(", ")} or left out for all of them.`,
    });
  return {
    ...(!isEvery && { key }),
    ...(value === undefined ? { operator: "Exists" } : { operator: "Equal", value }),
    ...(effect !== undefined && { effect }),
  };
}

const effects = ["NoSchedule", "PreferNoSchedule", "NoExecute"];
