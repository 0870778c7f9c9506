import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import { enforceLabel } from "./build/objects.ts";
import type { RunPlan } from "./plan.ts";
import { isStricter, planSecurityLevel, type SecurityLevel, type SecurityPlan } from "./pod-security-level.ts";

/**
 * What a person should know before a run: who gets wide rights, and who needs more than the restricted Pod Security level. A line each.
 * `planned` is the namespace as the run would make it, `namespace` the one that is there.
 */
export function describePlan({ spec, definitions }: RunPlan, namespace: KubernetesObject | undefined, planned?: KubernetesObject): readonly string[] {
  const { level, demands } = planSecurityLevel(definitions, spec);
  const sonobuoy = definitions.filter(({ dialect }) => dialect === "sonobuoy").map(({ name }) => name);
  const admins = spec.permissions === "admin" ? sonobuoy : [];
  return [
    ...(admins.length === 0
      ? []
      : [`${admins.join(", ")} ${admins.length === 1 ? "runs" : "run"} with admin rights in the whole cluster (--permissions admin).`]),
    ...describeDemands(demands),
    ...describeNamespace(namespace, level),
    ...describeWish(namespace, { level, wanted: planned?.metadata.labels?.[enforceLabel] }),
  ];
}

/** Plain containers need `baseline` for what they leave out, all for the same; what takes more than that should be known one by one. */
function describeDemands(demands: SecurityPlan["demands"]): readonly string[] {
  const plain = demands.filter(({ level }) => level === "baseline").map(({ plugin }) => plugin);
  const wide = demands.filter(({ level }) => level === "privileged");
  return [
    ...(plain.length === 0 ? [] : [`Pod Security level baseline instead of restricted for ${plain.join(", ")}.`]),
    ...wide.map(({ plugin, reasons }) => `Pod Security level privileged for ${plugin}: ${shorten(reasons)}.`),
  ];
}

/** A namespace that was there before keeps its level. */
function describeNamespace(namespace: KubernetesObject | undefined, needed: SecurityLevel): readonly string[] {
  const enforced = namespace?.metadata.labels?.[enforceLabel];
  if (namespace === undefined || !isLevel(enforced) || !isStricter(enforced, needed)) return [];
  return [
    `The namespace ${namespace.metadata.name} admits pods of level ${enforced} only, so the cluster will refuse pods of this run; another --namespace would get the level ${needed}.`,
  ];
}

/** Who asks for another level than is needed means the namespace, which is left as it is. */
const describeWish = (
  namespace: KubernetesObject | undefined,
  { level, wanted = level }: { readonly level: SecurityLevel; readonly wanted: string | undefined },
): readonly string[] =>
  namespace === undefined || wanted === level
    ? []
    : [`The namespace ${namespace.metadata.name} is there already and keeps its Pod Security level; ${wanted} is only for one that the run makes.`];

const isLevel = (value: string | undefined): value is SecurityLevel => value === "restricted" || value === "baseline" || value === "privileged";

const shownReasons = 3;

const shorten = (reasons: readonly string[]): string =>
  reasons.slice(0, shownReasons).join("; ") + (reasons.length > shownReasons ? `; and ${reasons.length - shownReasons} more reasons` : "");
