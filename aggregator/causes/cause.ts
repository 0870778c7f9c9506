import type { JsonObject } from "../../core/contract/json.ts";
import type { ContainerView, PodView } from "../../core/kubernetes/pod-view.ts";

/** A way in which a result can fail to come: what it matches, how long it must last, and what the person can do. */
export type Cause = {
  readonly code: string;
  /** Seconds that the match must last before it ends the result; it is shown from the first moment. */
  readonly graceSeconds: number;
  /** failed: the plugin could not run or did not deliver; lost: the place where it ran is gone. */
  readonly ends: "failed" | "lost";
  match(sight: Sight): Match | undefined;
};

/** What is seen of one expected result at one moment. */
export type Sight = {
  /** The last known pod; undefined before it was made. */
  readonly pod: PodView | undefined;
  /** Whether the pod has gone from the API server. */
  readonly podGone: boolean;
  /** Whether the node on which the pod is, or is to be, is ready; undefined where no node is known. */
  readonly nodeReady: boolean | undefined;
  readonly nodeGone: boolean;
  readonly workerContainer: string;
};

export type Match = { readonly message: string; readonly hint: string; readonly evidence?: JsonObject };

/** The first container, init containers included, that waits for one of the reasons. */
export const findWaiting = (pod: PodView | undefined, reasons: readonly string[]): ContainerView | undefined =>
  [...(pod?.initContainers ?? []), ...(pod?.containers ?? [])].find((container) => container.state === "waiting" && reasons.includes(container.reason));
