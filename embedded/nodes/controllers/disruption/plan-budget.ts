import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { field } from "../../../../core/kubernetes/field.ts";
import { isSelected } from "../../../../core/kubernetes/label-selector.ts";
import type { Api } from "../../../api/registry/api.ts";
import { objectAt, stringsAt } from "../../../objects/object-fields.ts";
import { controllerOf, isDeleting, isPodReady, isTerminated } from "../../../objects/pod-state.ts";
import { parseTime } from "../../../objects/render-time.ts";
import { replicasOf, resolvePercent } from "../deployment/plan-rollout.ts";
import { typeOf } from "../../../objects/object-key.ts";

/** A budget's numbers, or why they can't be said. */
export type BudgetPlan =
  | {
      readonly kind: "known";
      readonly expectedPods: number;
      readonly desiredHealthy: number;
      readonly currentHealthy: number;
      readonly disruptionsAllowed: number;
      readonly disruptedPods: { readonly [pod: string]: string };
      /** When an eviction counts as one that did not happen, in milliseconds. */
      readonly expiry: number | undefined;
    }
  | { readonly kind: "unknown"; readonly message: string };

/** Source: kube-controller-manager, pkg/controller/disruption/disruption.go. */
export function planBudget(api: Api, budget: KubernetesObject, now: Date): BudgetPlan {
  const pods = findPods(api, budget);
  const expectation = expect(api, budget, pods);
  if ("message" in expectation) return { kind: "unknown", message: expectation.message };
  const { expectedPods, desiredHealthy } = expectation;
  const disrupted = Object.entries(stringsAt(field(budget, "status", "disruptedPods"))).filter(([name, time]) => {
    const pod = pods.find(({ metadata }) => metadata.name === name);
    return pod !== undefined && !isDeleting(pod) && (parseTime(time) ?? 0) + patience > now.getTime();
  });
  const disruptedPods = Object.fromEntries(disrupted);
  const currentHealthy = pods.filter((pod) => isPodReady(pod) && !isDeleting(pod) && disruptedPods[pod.metadata.name] === undefined).length;
  const spare = expectedPods <= 0 ? 0 : Math.max(currentHealthy - desiredHealthy, 0);
  const expiry = disrupted.length === 0 ? undefined : Math.min(...disrupted.map(([, time]) => (parseTime(time) ?? 0) + patience));
  return { kind: "known", expectedPods, desiredHealthy, currentHealthy, disruptionsAllowed: spare, disruptedPods, expiry };
}

/** The pods that a budget protects and that have not ended. */
export function findPods(api: Api, budget: KubernetesObject): readonly KubernetesObject[] {
  const selector = field(budget, "spec", "selector");
  if (selector === undefined) return [];
  return api
    .list(typeOf(api, "v1", "Pod"), { namespace: budget.metadata.namespace ?? "" })
    .filter((pod) => !isTerminated(pod) && isSelected(selector, stringsAt(pod.metadata.labels)));
}

/** How long an allowed eviction may take to show as a deletion. */
const patience = 120_000;

type Expectation = { readonly expectedPods: number; readonly desiredHealthy: number };

function expect(api: Api, budget: KubernetesObject, pods: readonly KubernetesObject[]): Expectation | { readonly message: string } {
  const { maxUnavailable, minAvailable } = objectAt(budget["spec"]);
  if (maxUnavailable === undefined && typeof minAvailable === "number") return { expectedPods: pods.length, desiredHealthy: minAvailable };
  if (maxUnavailable === undefined && minAvailable === undefined) return { expectedPods: pods.length, desiredHealthy: 0 };
  const total = countWanted(api, pods);
  if (typeof total !== "number") return total;
  const desired = maxUnavailable === undefined ? resolvePercent(minAvailable, total, Math.ceil) : total - resolvePercent(maxUnavailable, total, Math.ceil);
  return { expectedPods: total, desiredHealthy: Math.max(desired, 0) };
}

/** How many pods the owners of these want, each counted once. */
function countWanted(api: Api, pods: readonly KubernetesObject[]): number | { readonly message: string } {
  const wanted = new Map<string, number>();
  for (const pod of pods) {
    const owner = findScaled(api, pod);
    if (typeof owner === "string") return { message: owner };
    wanted.set(owner.metadata.uid ?? "", replicasOf(owner));
  }
  return [...wanted.values()].reduce((sum, count) => sum + count, 0);
}

/** The topmost controller of a pod that can be scaled, or why there is none. */
function findScaled(api: Api, pod: KubernetesObject): KubernetesObject | string {
  let found: KubernetesObject | undefined;
  for (let reference = controllerOf(pod); reference !== undefined; reference = found && controllerOf(found)) {
    const type = api.types.ofKind(reference.apiVersion, reference.kind);
    if (type !== undefined && !type.subresources.includes("scale")) {
      return found ?? `${type.plural}${type.group === "" ? "" : `.${type.group}`} does not implement the scale subresource`;
    }
    const next = type && api.find({ type, namespace: pod.metadata.namespace ?? "", name: reference.name });
    if (next?.metadata.uid !== reference.uid) break;
    found = next;
  }
  return found ?? `found no controllers for pod ${JSON.stringify(pod.metadata.name)}`;
}
