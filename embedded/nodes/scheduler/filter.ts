import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import type { NodeState } from "./node-state.ts";

/** Why a pod can't go to a node. `isFinal`: not even if other pods left it. Reasons are Kubernetes' own words. */
export type Misfit = { readonly reasons: readonly string[]; readonly isFinal: boolean };

/** What a filter looks at beside the pod and the node. */
export type Surroundings = {
  /** All nodes, the one that is judged included. */
  readonly nodes: ReadonlyMap<string, NodeState>;
  readonly findClaim: (namespace: string, name: string) => KubernetesObject | undefined;
  readonly namespaceLabels: (namespace: string) => { readonly [key: string]: string };
};

/** One rule of the scheduler; undefined if the pod may go there. */
export type Filter = (pod: KubernetesObject, state: NodeState, around: Surroundings) => Misfit | undefined;

/** A misfit that goes away if other pods go. */
export const misfit = (...reasons: readonly string[]): Misfit => ({ reasons, isFinal: false });

/** A misfit whatever other pods do. */
export const finalMisfit = (...reasons: readonly string[]): Misfit => ({ reasons, isFinal: true });
