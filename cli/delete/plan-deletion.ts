import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import { annotations, labels } from "../../core/contract/names.ts";
import type { Found } from "./list-metadata.ts";

export type DeletionInput = {
  readonly namespace: KubernetesObject | undefined;
  /** Everything in the namespace. */
  readonly inside: readonly Found[];
  /** Cluster-scoped objects with the label of any run. */
  readonly outside: readonly Found[];
  /** Whether there is more in the namespace than could be seen. */
  readonly isBlind: boolean;
  readonly name: string;
};

export type Deletion = {
  /** Objects to delete by themselves: all of the run's where the namespace stays, else those that don't go with it. */
  readonly objects: readonly Found[];
  /** "not-ours", "shared" and "unseen" stay: no run made it, somebody else uses it, or nobody can tell whether somebody does. */
  readonly namespace: "absent" | "going" | "delete" | "not-ours" | "shared" | "unseen";
  /** What keeps the namespace that a run made: objects that are nobody's or somebody else's. */
  readonly foreign: readonly Found[];
};

/** What to delete so that nothing of the namespace's runs is left, and nothing else is touched (design D13). */
export function planDeletion({ namespace, inside, outside, isBlind, name }: DeletionInput): Deletion {
  const ids = new Set(inside.flatMap(({ metadata }) => metadata.labels?.[labels.run] ?? []));
  const madeBy = namespace?.metadata.annotations?.[annotations.madeBy];
  if (madeBy !== undefined) ids.add(madeBy);
  const loose = outside.filter(({ metadata }) => {
    const namespaceOf = metadata.labels?.[labels.namespace];
    if (namespaceOf !== undefined) return namespaceOf === name;
    return ids.has(metadata.labels?.[labels.run] ?? "") || metadata.ownerReferences?.some((owner) => owner.kind === "Namespace" && owner.name === name);
  });
  if (namespace === undefined) return { objects: loose, namespace: "absent", foreign: [] };
  if (namespace.metadata.deletionTimestamp !== undefined) return { objects: loose, namespace: "going", foreign: [] };
  const ours = findOurs(inside);
  const foreign = madeBy === undefined ? [] : inside.filter((found) => !ours.has(found) && !isFurniture(found));
  const fate = madeBy === undefined ? "not-ours" : foreign.length > 0 ? "shared" : isBlind ? "unseen" : "delete";
  const chosen = fate === "delete" ? isRunningPod : isLabelled;
  return { objects: [...inside.filter(chosen), ...loose], namespace: fate, foreign };
}

const isLabelled = ({ metadata }: Found): boolean => metadata.labels?.[labels.run] !== undefined;

/** What bears a run's label, and what that owns, however far down. */
function findOurs(inside: readonly Found[]): ReadonlySet<Found> {
  const ours = new Set(inside.filter(isLabelled));
  for (let before = -1; before !== ours.size;) {
    before = ours.size;
    const uids = new Set([...ours].map(({ metadata }) => metadata.uid));
    for (const found of inside) if (found.metadata.ownerReferences?.some(({ uid }) => uids.has(uid))) ours.add(found);
  }
  return ours;
}

/** A namespace's deletion would give these pods the time that they ask for, and some sleep for ever. */
const isRunningPod = (found: Found): boolean => found.kind.kind === "Pod" && isLabelled(found);

/** What the cluster itself puts into every namespace. */
function isFurniture({ kind, metadata }: Found): boolean {
  const account = metadata.annotations?.["kubernetes.io/service-account.name"];
  switch (kind.kind) {
    // Programs elect their leaders by them; the run's own bears its label.
    case "Lease":
      return true;
    case "ConfigMap":
      return ["kube-root-ca.crt", "openshift-service-ca.crt", "istio-ca-root-cert"].includes(metadata.name);
    case "ServiceAccount":
      return ["default", "builder", "deployer"].includes(metadata.name);
    case "Secret":
      return account !== undefined || metadata.annotations?.["openshift.io/internal-registry-auth-token.service-account"] !== undefined;
    case "RoleBinding":
      return metadata.name.startsWith("system:");
    default:
      return false;
  }
}
