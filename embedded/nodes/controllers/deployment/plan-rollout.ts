import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { field } from "../../../../core/kubernetes/field.ts";
import { numberAt } from "../../../objects/object-fields.ts";
import type { ReplicaSets } from "./replica-sets.ts";
import { byAge } from "../../../objects/order.ts";

/** How far a rolling update may be from the wanted number of pods, in pods. */
export type Leeway = { readonly surge: number; readonly unavailable: number };

/** How many pods each ReplicaSet is to have next. */
export type Scaling = { readonly set: KubernetesObject; readonly replicas: number };

/** maxSurge and maxUnavailable in pods; both 0 would never move. Source: k8s.io/kubectl, pkg/util/deployment (ResolveFenceposts). */
export function findLeeway(deployment: unknown): Leeway {
  const replicas = replicasOf(deployment);
  if (field(deployment, "spec", "strategy", "type") === "Recreate") return { surge: 0, unavailable: 0 };
  const rolling = field(deployment, "spec", "strategy", "rollingUpdate");
  const surge = resolvePercent(field(rolling, "maxSurge") ?? "25%", replicas, Math.ceil);
  const unavailable = resolvePercent(field(rolling, "maxUnavailable") ?? "25%", replicas, Math.floor);
  return { surge, unavailable: surge === 0 && unavailable === 0 ? 1 : unavailable };
}

/** A number of pods, or a share of them such as "25%". */
export function resolvePercent(value: unknown, total: number, round: (value: number) => number): number {
  if (typeof value === "number") return value;
  const percent = /^(?<share>\d+)%$/.exec(String(value))?.groups?.["share"];
  return percent === undefined ? 0 : round((Number(percent) * total) / 100);
}

/**
 * The next step of a rolling update: new pods as far as the surge allows, old ones away as far as enough stay available, those that don't run first.
 * Source: kube-controller-manager, pkg/controller/deployment/rolling.go.
 */
export function planRollingUpdate(deployment: unknown, current: KubernetesObject, old: ReplicaSets["old"]): readonly Scaling[] {
  const wanted = replicasOf(deployment);
  const { surge, unavailable } = findLeeway(deployment);
  const asked = replicasOf(current);
  const total = sum([current, ...old], replicasOf);
  const grown = asked > wanted ? wanted : Math.min(asked + Math.max(wanted + surge - total, 0), wanted);
  const scalings: Scaling[] = grown === asked ? [] : [{ set: current, replicas: grown }];
  const least = wanted - unavailable;
  let idle = total - least - (asked - availableOf(current));
  if (idle <= 0) return scalings;
  let running = sum([current, ...old], availableOf) - least;
  for (const set of old.toSorted(byAge)) {
    const unhealthy = Math.min(Math.max(replicasOf(set) - availableOf(set), 0), idle);
    const healthy = Math.min(replicasOf(set) - unhealthy, Math.max(running, 0));
    idle -= unhealthy;
    running -= healthy;
    if (unhealthy + healthy > 0) scalings.push({ set, replicas: replicasOf(set) - unhealthy - healthy });
  }
  return scalings;
}

/** How many pods are wanted; 1 if it is not said. */
export const replicasOf = (set: unknown): number => numberAt(field(set, "spec", "replicas"), 1);

const availableOf = (set: unknown): number => numberAt(field(set, "status", "availableReplicas"));

const sum = (sets: readonly KubernetesObject[], count: (set: KubernetesObject) => number): number => sets.reduce((total, set) => total + count(set), 0);
