import type { ResultState } from "../../core/contract/run-status.ts";
import type { ResultProblem } from "../state/expected-results.ts";
import { allCauses } from "./all.ts";
import type { Cause, Match, Sight } from "./cause.ts";

export type Diagnosis = {
  readonly state: Extract<ResultState, "waiting" | "scheduled" | "pulling" | "running">;
  readonly problem: (ResultProblem & { readonly ends: Cause["ends"]; readonly graceSeconds: number }) | undefined;
  /** Every container but the worker has ended: nobody can write a done file any more. */
  readonly allEnded: boolean;
};

/** What one look at a result's pod and node means. */
export function diagnose(sight: Sight): Diagnosis {
  const others = sight.pod?.containers.filter(({ name }) => name !== sight.workerContainer) ?? [];
  const [cause, match] = findCause(sight);
  return {
    state: readState(sight),
    problem: cause &&
      match && { code: cause.code, ...match, evidence: match.evidence ?? gatherEvidence(sight), ends: cause.ends, graceSeconds: cause.graceSeconds },
    allEnded: others.length > 0 && others.every(({ state }) => state === "terminated"),
  };
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

/** The facts behind a diagnosis, as they stood: conditions and container states. */
const gatherEvidence = ({ pod, nodeReady }: Sight): NonNullable<ResultProblem["evidence"]> => ({
  ...(pod && {
    pod: pod.name,
    phase: pod.phase,
    ...(pod.nodeName !== undefined && { node: pod.nodeName }),
    conditions: pod.conditions.filter(({ status }) => status !== "True"),
    containers: [...pod.initContainers, ...pod.containers].map(({ name, image, state, reason, message, exitCode }) => ({
      name,
      image,
      state,
      reason,
      message,
      ...(exitCode !== undefined && { exitCode }),
    })),
  }),
  ...(nodeReady !== undefined && { nodeReady }),
});
