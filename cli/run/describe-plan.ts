import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import { enforceLabel } from "./build/objects.ts";
import type { RunPlan } from "./plan.ts";
import { isStricter, planSecurityLevel, type SecurityLevel } from "./pod-security-level.ts";

/** What a person should know before a run: who gets wide rights, and who needs more than the restricted Pod Security level. A line each. */
export function describePlan({ spec, definitions }: RunPlan, namespace: KubernetesObject | undefined): readonly string[] {
  const { level, demands } = planSecurityLevel(definitions);
  const sonobuoy = definitions.filter(({ dialect }) => dialect === "sonobuoy").map(({ name }) => name);
  const admins = spec.permissions === "admin" ? sonobuoy : [];
  return [
    ...(admins.length === 0 ? [] : [`${admins.join(", ")} ${admins.length === 1 ? "runs" : "run"} with admin rights in the whole cluster (--permissions admin).`]),
    ...demands.map((demand) => `${demand.plugin} needs the Pod Security level ${demand.level}: ${shorten(demand.reasons)}.`),
    ...describeNamespace(namespace, level),
  ];
}

/** A namespace that was there before keeps its level. */
function describeNamespace(namespace: KubernetesObject | undefined, needed: SecurityLevel): readonly string[] {
  const enforced = namespace?.metadata.labels?.[enforceLabel];
  if (namespace === undefined || !isLevel(enforced) || !isStricter(enforced, needed)) return [];
  return [`The namespace ${namespace.metadata.name} admits pods of level ${enforced} only, so the cluster will refuse pods of this run; another --namespace would get the level ${needed}.`];
}

const isLevel = (value: string | undefined): value is SecurityLevel => value === "restricted" || value === "baseline" || value === "privileged";

const shownReasons = 3;

const shorten = (reasons: readonly string[]): string =>
  reasons.slice(0, shownReasons).join("; ") + (reasons.length > shownReasons ? `; and ${reasons.length - shownReasons} more reasons` : "");
