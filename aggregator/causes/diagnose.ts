import { containerNames } from "../../core/contract/names.ts";
import type { ResultState } from "../../core/contract/run-status.ts";
import type { ResultProblem } from "../state/expected-results.ts";
import { allCauses } from "./all.ts";
import type { Cause, Match, Sight } from "./cause.ts";
import { gatherEvidence } from "./evidence.ts";

export type Diagnosis = {
  readonly state: Extract<ResultState, "waiting" | "scheduled" | "pulling" | "running">;
  readonly problem: ResultProblem | undefined;
  /** What is to come of the problem; there whenever there is one. */
  readonly verdict: Verdict | undefined;
  /** Every container but the worker has ended: nobody can write a done file any more. */
  readonly allEnded: boolean;
  /** Whether anything of the plugin has run. */
  readonly hasRun: boolean;
};

type Verdict = Pick<Cause, "ends"> & { readonly graceSeconds: number; readonly hiddenSeconds: number; readonly cutsShort: boolean };

/** What one look at a result's pod, node and events means. */
export function diagnose(sight: Sight): Diagnosis {
  const others = sight.pod?.containers.filter(({ name }) => name !== sight.workerContainer) ?? [];
  const [cause, match] = findCause(sight);
  return {
    state: readState(sight),
    problem: cause && match && { code: cause.code, ...match, evidence: gatherEvidence(sight) },
    verdict: cause && {
      ends: cause.ends,
      graceSeconds: typeof cause.graceSeconds === "number" ? cause.graceSeconds : cause.graceSeconds(sight),
      hiddenSeconds: cause.hiddenSeconds ?? 0,
      cutsShort: cause.cutsShort === true,
    },
    allEnded: others.length > 0 && others.every(({ state }) => state === "terminated"),
    hasRun: [...others, ...(sight.pod?.initContainers ?? [])].some(({ ran, name }) => ran && name !== containerNames.inputs),
  };
}

/** The problem alone, for what is told by others than the cluster; a sight in which nothing is wrong is a bug of the caller. */
export function nameProblem(sight: Sight): ResultProblem {
  const { problem } = diagnose(sight);
  if (!problem) throw new Error("there is no cause for what was seen");
  return problem;
}

function findCause(sight: Sight): readonly [Cause, Match] | readonly [] {
  for (const cause of allCauses) {
    const match = cause.match(sight);
    if (match) return [cause, match];
  }
  return [];
}

function readState({ pod, workerContainer }: Sight): Diagnosis["state"] {
  if (!pod) return "waiting";
  const others = pod.containers.filter(({ name }) => name !== workerContainer);
  if (others.some(({ state }) => state !== "waiting")) return "running";
  if (others.some(({ reason }) => reason === "ErrImagePull" || reason === "ImagePullBackOff")) return "pulling";
  return pod.nodeName === undefined ? "waiting" : "scheduled";
}
