import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import type { Surroundings } from "./filter.ts";
import { chooseNode } from "./choose-node.ts";
import { findVolumeObstacle } from "./find-volume-obstacle.ts";
import { findMisfits } from "./fit.ts";
import { planPreemption } from "./plan-preemption.ts";
import { renderFitError } from "./render-fit-error.ts";

/** What becomes of a pod that has no node. */
export type Decision =
  | { readonly kind: "bind"; readonly nodeName: string }
  | { readonly kind: "preempt"; readonly nodeName: string; readonly victims: readonly KubernetesObject[]; readonly message: string }
  | { readonly kind: "none"; readonly message: string };

/** Decides over one pod without changing anything. */
export function schedulePod(pod: KubernetesObject, around: Surroundings, budgets: () => readonly KubernetesObject[]): Decision {
  const nodes = around.nodes.size;
  if (nodes === 0) return { kind: "none", message: "no nodes available to schedule pods" };
  const obstacle = findVolumeObstacle(pod, around.findClaim);
  // The last two words come from kube-scheduler's preemption, which finds no node that it has looked at.
  if (obstacle !== undefined) return { kind: "none", message: renderFitError({ nodes, obstacle, reasons: [], afterwards: "not found" }) };
  const misfits = findMisfits(pod, around);
  const chosen = chooseNode(
    pod,
    [...around.nodes.values()].filter(({ name }) => misfits.get(name) === undefined),
  );
  if (chosen !== undefined) return { kind: "bind", nodeName: chosen.name };
  const reasons = [...misfits.values()].flatMap((misfit) => misfit?.reasons ?? []);
  const preemption = planPreemption({ pod, misfits, around, budgets: budgets() });
  if (preemption.kind === "room") return { ...preemption, kind: "preempt", message: renderFitError({ nodes, reasons, afterwards: "" }) };
  return { kind: "none", message: renderFitError({ nodes, reasons, afterwards: `no new claims to deallocate, preemption: ${preemption.message}` }) };
}
