import type { Cluster } from "../../core/cluster/cluster.ts";
import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import type { RunObjects } from "../run/build/objects.ts";
import type { RunPlan } from "../run/plan.ts";

/** One thing to look at before a run; it makes nothing. What it can't see it throws as KnownError, and then counts as not checked. */
export type Check = {
  /** What people call it, in `--skip-preflight` and in front of its problems. */
  readonly code: string;
  /** What Sonobuoy calls it, if it has it. */
  readonly sonobuoyName?: string;
  readonly run: (input: CheckInput) => Promise<Finding>;
};

export type CheckInput = {
  readonly cluster: Cluster;
  readonly plan: Pick<RunPlan, "spec" | "definitions">;
  readonly objects: RunObjects;
  /** The run's namespace where it is there already. */
  readonly namespace: KubernetesObject | undefined;
  readonly dns: DnsPods;
  /** All nodes, read once for all checks. */
  readonly nodes: () => Promise<readonly KubernetesObject[]>;
  readonly signal: AbortSignal;
};

/** Where the cluster's DNS is said to be; what is undefined is looked for. */
export type DnsPods = { readonly namespace: string | undefined; readonly labels: readonly string[] | undefined };

export type Finding = {
  /** A sentence about what was looked at, for people who ask for it. */
  readonly seen: string;
  /** Nobody could be asked yet, which is as it should be and no news. */
  readonly isUnasked?: true;
  readonly problems: readonly Problem[];
};

/** An error keeps the whole run from taking place; a warning costs some results, or is good to know. `fix` says what to do, with the command that helps. */
export type Problem = { readonly severity: "error" | "warning"; readonly sentence: string; readonly fix: string };
