import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { findCondition, withCondition } from "../../../objects/conditions.ts";
import type { Condition } from "../../../objects/conditions.ts";
import { isDeclared, typeOf } from "../../../objects/object-key.ts";
import { numberAt, objectAt } from "../../../objects/object-fields.ts";
import { recordEvent } from "../../record-event.ts";
import { createWorkQueue } from "../../work-queue.ts";
import type { WorkQueue } from "../../work-queue.ts";
import type { Cluster } from "../controller.ts";
import { findByKey, nameKey, watchKind } from "../controller.ts";
import { writeStatus } from "../write-status.ts";
import type { BudgetPlan } from "./plan-budget.ts";
import { findPods, planBudget } from "./plan-budget.ts";

/** Keeps in each PodDisruptionBudget's status how many pods may be evicted now. */
export function startDisruptionController(cluster: Cluster): void {
  const { api } = cluster;
  const queue = createWorkQueue({ ...cluster, work: (key) => syncBudget(cluster, queue, key) });
  watchKind(cluster, budgetKind, ({ object }) => queue.add(nameKey(object)));
  const lookAtAll = ({ object }: { readonly object: KubernetesObject }): void => {
    for (const budget of api.list(typeOf(api, ...budgetKind), { namespace: object.metadata.namespace ?? "" })) queue.add(nameKey(budget));
  };
  for (const kind of ["Deployment", "ReplicaSet", "StatefulSet"]) watchKind(cluster, ["apps/v1", kind], lookAtAll);
  watchKind(cluster, ["v1", "Pod"], lookAtAll);
}

const budgetKind = ["policy/v1", "PodDisruptionBudget"] as const;

function syncBudget(cluster: Cluster, queue: WorkQueue, key: string): void {
  const { api, clock } = cluster;
  const budget = findByKey(cluster, budgetKind, key);
  if (budget === undefined || isDeclared(budget)) return;
  const now = clock.now();
  const plan = planBudget(api, budget, now);
  const hadPods = numberAt(objectAt(budget["status"])["expectedPods"]) > 0;
  const isFirst = findCondition(budget, "DisruptionAllowed") === undefined;
  if (findPods(api, budget).length === 0 && (hadPods || isFirst))
    tell(cluster, budget, { type: "Normal", reason: "NoPods", message: "No matching pods found" });
  const generation = numberAt(budget.metadata["generation"]);
  const condition = { ...conditionOf(plan), observedGeneration: generation };
  const conditions = withCondition(budget, condition, now);
  if (plan.kind === "unknown") {
    const isNews = findCondition(budget, "DisruptionAllowed")?.["message"] !== plan.message;
    const message = `Failed to calculate the number of expected pods: ${plan.message}`;
    if (isNews) tell(cluster, budget, { type: "Warning", reason: "CalculateExpectedPodCountFailed", message });
    writeStatus(cluster, budget, { ...objectAt(budget["status"]), disruptionsAllowed: 0, conditions });
    return;
  }
  const { kind: _, expiry, disruptedPods, ...numbers } = plan;
  writeStatus(cluster, budget, {
    ...numbers,
    disruptedPods: Object.keys(disruptedPods).length === 0 ? undefined : disruptedPods,
    observedGeneration: generation,
    conditions,
  });
  if (expiry !== undefined) queue.addAt(key, new Date(expiry));
}

function conditionOf(plan: BudgetPlan): Condition {
  if (plan.kind === "unknown") return { type: "DisruptionAllowed", status: "False", reason: "SyncFailed", message: plan.message };
  return plan.disruptionsAllowed > 0
    ? { type: "DisruptionAllowed", status: "True", reason: "SufficientPods", message: "" }
    : { type: "DisruptionAllowed", status: "False", reason: "InsufficientPods", message: "" };
}

const tell = (
  { api, clock }: Cluster,
  about: KubernetesObject,
  event: { readonly type: "Normal" | "Warning"; readonly reason: string; readonly message: string },
): void => recordEvent(api, clock, { about, ...event, component: "controllermanager" });
