import { parsePodParts } from "./pod-parts.ts";
import { baselineRules } from "./pod-security-baseline.ts";
import { restrictedRules } from "./pod-security-restricted.ts";

/** The strictest level that admits a pod; `reasons` say why the next stricter one doesn't, and are empty at restricted. */
export type PodSecurity = { readonly level: "restricted" | "baseline" | "privileged"; readonly reasons: readonly string[] };

/**
 * The strictest Pod Security level that admits a pod with this spec; a pod's annotations are not looked at.
 * Source: Pod Security Standards as Kubernetes v1.36 enforces them (k8s.io/pod-security-admission, policy/).
 */
export function podSecurity(podSpec: unknown): PodSecurity {
  const pod = parsePodParts(podSpec);
  const againstBaseline = baselineRules.flatMap((rule) => rule(pod));
  if (againstBaseline.length > 0) return { level: "privileged", reasons: againstBaseline };
  const againstRestricted = restrictedRules.flatMap((rule) => rule(pod));
  return { level: againstRestricted.length > 0 ? "baseline" : "restricted", reasons: againstRestricted };
}
