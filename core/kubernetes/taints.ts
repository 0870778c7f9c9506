import { field, list, text } from "./field.ts";

/** A node's taint; `value` is empty where it has none. */
export type Taint = { readonly key: string; readonly value: string; readonly effect: string };

/**
 * The first taint that keeps pods with these tolerations off a node, as the scheduler sees it: PreferNoSchedule never does.
 * Source: k8s.io/component-helpers, scheduling/corev1/helpers.go.
 */
export function firstUntoleratedTaint(node: unknown, tolerations: readonly unknown[]): Taint | undefined {
  return list(field(node, "spec", "taints"))
    .map(parseTaint)
    .filter(({ effect }) => effect === "NoSchedule" || effect === "NoExecute")
    .find((taint) => !tolerations.some((toleration) => isTolerated(taint, toleration)));
}

/** A taint's raw JSON; missing parts are empty. */
export const parseTaint = (taint: unknown): Taint => ({
  key: text(field(taint, "key")),
  value: text(field(taint, "value")),
  effect: text(field(taint, "effect")),
});

function isTolerated(taint: Taint, toleration: unknown): boolean {
  const effect = text(field(toleration, "effect"));
  const key = text(field(toleration, "key"));
  if (effect !== "" && effect !== taint.effect) return false;
  if (key !== "" && key !== taint.key) return false;
  const operator = text(field(toleration, "operator"));
  // Lt and Gt exist behind a feature gate that is off by default, and then match nothing.
  return operator === "Exists" || ((operator === "" || operator === "Equal") && text(field(toleration, "value")) === taint.value);
}
