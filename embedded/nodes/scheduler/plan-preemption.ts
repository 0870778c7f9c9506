import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { field, text } from "../../../core/kubernetes/field.ts";
import { isSelected } from "../../../core/kubernetes/label-selector.ts";
import { isConditionTrue } from "../../objects/conditions.ts";
import { numberAt, stringsAt } from "../../objects/object-fields.ts";
import { isDeleting } from "../../objects/pod-state.ts";
import type { Misfit, Surroundings } from "./filter.ts";
import { findMisfit } from "./fit.ts";
import type { NodeState } from "./node-state.ts";
import { withPod, withoutPods } from "./node-state.ts";
import { renderFitError } from "./render-fit-error.ts";

/** Which pods have to go so that a more important one fits, or in Kubernetes' words why none. */
export type Preemption =
  | { readonly kind: "room"; readonly nodeName: string; readonly victims: readonly KubernetesObject[] }
  | { readonly kind: "none"; readonly message: string };

export type PreemptionQuestion = {
  readonly pod: KubernetesObject;
  readonly misfits: ReadonlyMap<string, Misfit | undefined>;
  readonly around: Surroundings;
  readonly budgets: readonly KubernetesObject[];
};

/** Source: kube-scheduler, framework/preemption and plugins/defaultpreemption. */
export function planPreemption({ pod, misfits, around, budgets }: PreemptionQuestion): Preemption {
  if (field(pod, "spec", "preemptionPolicy") === "Never") return { kind: "none", message: "not eligible due to preemptionPolicy=Never." };
  const nominated = around.nodes.get(text(field(pod, "status", "nominatedNodeName")));
  if (nominated?.pods.some((other) => priorityOf(other) < priorityOf(pod) && isDeleting(other) && isConditionTrue(other, "DisruptionTarget")) === true) {
    return { kind: "none", message: "not eligible due to a terminating pod on the nominated node." };
  }
  const candidates: Candidate[] = [];
  const reasons: string[] = [];
  for (const state of around.nodes.values()) {
    if (misfits.get(state.name)?.isFinal !== false) {
      reasons.push("Preemption is not helpful for scheduling");
      continue;
    }
    const found = findVictims(pod, state, { around, budgets });
    if ("victims" in found) candidates.push(found);
    else reasons.push(...found.reasons);
  }
  const best = candidates.toSorted(byDamage)[0];
  if (best !== undefined) return { kind: "room", nodeName: best.nodeName, victims: best.victims };
  return { kind: "none", message: renderFitError({ nodes: around.nodes.size, reasons, afterwards: "" }) };
}

/** A pod's priority; 0 if none was resolved. */
export const priorityOf = (pod: unknown): number => numberAt(field(pod, "spec", "priority"));

type Candidate = { readonly nodeName: string; readonly victims: readonly KubernetesObject[]; readonly violations: number };

type Cluster = Pick<PreemptionQuestion, "around" | "budgets">;

/** All less important pods leave; then those that needn't are put back, pods under a budget that allows no disruption first. */
function findVictims(pod: KubernetesObject, state: NodeState, { around, budgets }: Cluster): Candidate | Misfit {
  const weaker = state.pods.filter((other) => priorityOf(other) < priorityOf(pod));
  if (weaker.length === 0) return { reasons: ["No preemption victims found for incoming pod"], isFinal: true };
  let emptied = withoutPods(state, weaker);
  const judge = (changed: NodeState): Misfit | undefined => findMisfit(pod, changed, { ...around, nodes: new Map(around.nodes).set(state.name, changed) });
  const remaining = judge(emptied);
  if (remaining !== undefined) return remaining;
  const violating = findProtected(weaker, budgets);
  const victims: KubernetesObject[] = [];
  for (const other of weaker.toSorted((left, right) => Number(violating.has(right)) - Number(violating.has(left)) || byImportance(left, right))) {
    const refilled = withPod(emptied, other);
    if (judge(refilled) === undefined) emptied = refilled;
    else victims.push(other);
  }
  return { nodeName: state.name, victims: victims.toSorted(byImportance), violations: victims.filter((victim) => violating.has(victim)).length };
}

/** The pods whose going would break a PodDisruptionBudget. */
function findProtected(pods: readonly KubernetesObject[], budgets: readonly KubernetesObject[]): ReadonlySet<KubernetesObject> {
  const allowed = new Map(budgets.map((budget) => [budget, numberAt(field(budget, "status", "disruptionsAllowed"))]));
  const found = new Set<KubernetesObject>();
  for (const pod of pods.toSorted(byImportance)) {
    for (const [budget, left] of allowed) {
      const selector = field(budget, "spec", "selector");
      if (budget.metadata.namespace !== pod.metadata.namespace || selector === undefined || !isSelected(selector, stringsAt(pod.metadata.labels))) continue;
      allowed.set(budget, left - 1);
      if (left <= 0) found.add(pod);
    }
  }
  return found;
}

/** More important first: higher priority, then longer running. */
const byImportance = (left: KubernetesObject, right: KubernetesObject): number =>
  priorityOf(right) - priorityOf(left) || text(field(left, "status", "startTime")).localeCompare(text(field(right, "status", "startTime")));

/** Least damage first: broken budgets, the most important victim, the sum of priorities, the number of victims. */
const byDamage = (left: Candidate, right: Candidate): number =>
  left.violations - right.violations ||
  priorityOf(left.victims[0]) - priorityOf(right.victims[0]) ||
  sumPriorities(left) - sumPriorities(right) ||
  left.victims.length - right.victims.length;

const sumPriorities = ({ victims }: Candidate): number => victims.reduce((sum, victim) => sum + priorityOf(victim) + 2 ** 31, 0);
