import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { labels, objectNames } from "../../../core/contract/names.ts";
import { parsePodView } from "../../../core/kubernetes/pod-view.ts";
import { StatusError } from "../../../embedded/api/status-error.ts";
import { typeOf } from "../../../embedded/objects/object-key.ts";
import type { Stage } from "../stage.ts";
import type { RandomFault, RandomRun } from "./draw-run.ts";
import { costOf, makeFault } from "./fault-kinds.ts";
import { findDoors } from "./find-doors.ts";
import { untilPhase } from "./until-phase.ts";

type PodName = { readonly namespace: string; readonly name: string };

/** What a fault is made of. */
export type Making = {
  readonly stage: Stage;
  readonly node: string;
  readonly pod: PodName | undefined;
  readonly aggregator: PodName | undefined;
  /** The aggregator's account. */
  readonly user: string;
  /** Where the aggregator is reached. */
  readonly doors: readonly string[];
  readonly size: number;
  /** Ends what the API server denies once it has denied so many requests, or for half a minute. */
  readonly liftAfter: (requests: number) => void;
};

/** A fault as it was made; `excused` says whose results it may cost. */
export type Made = { readonly fault: RandomFault; readonly excused: Excuse };
export type Excuse = (result: { readonly plugin: string; readonly node: string }, ranOn: ReadonlySet<string>, startedAt: number | undefined) => boolean;

const longestDenial = 30_000;

/** The run in which faults are made; `releaseUploads` is to be called once an upload's moment has come. */
export type Moment = {
  readonly stage: Stage;
  readonly run: RandomRun;
  readonly namespace: string;
  readonly releaseUploads: () => void;
  readonly signal: AbortSignal;
};

/** Waits for a fault's moment and makes it; undefined where there was nothing to break any more. Rejects when the run ends before that. */
export async function makeRandomFault({ stage, run, namespace, releaseUploads, signal }: Moment, fault: RandomFault): Promise<Made | undefined> {
  const isJob = run.plugins.some(({ name, driver }) => name === fault.plugin && driver === "Job");
  const target = { plugin: fault.plugin, node: isJob ? undefined : fault.node };
  const pods = (labelSelector: string): readonly KubernetesObject[] => stage.api.list(typeOf(stage.api, "v1", "Pod"), { namespace, labelSelector });
  const aggregators = (): readonly KubernetesObject[] => pods("sonobuoy-component=aggregator");
  await untilPhase({ stage, namespace, target, phase: fault.phase, signal });
  if (fault.phase === "uploading") releaseUploads();
  const nameOf = (found: readonly KubernetesObject[]): PodName | undefined => found.map(({ metadata }) => ({ namespace, name: metadata.name })).at(-1);
  const own = pods(`${labels.plugin}=${fault.plugin}`).filter((pod) => target.node === undefined || parsePodView(pod).nodeName === target.node);
  const user = `system:serviceaccount:${namespace}:${objectNames.aggregator}`;
  const liftAfter = (requests: number): void => {
    let left = requests;
    const isLast = (request: { readonly user: string; readonly code: number }): boolean => request.user === user && request.code === 403 && --left === 0;
    // Who is refused asks less and less often.
    const isLong = AbortSignal.any([signal, AbortSignal.timeout(longestDenial)]);
    stage.untilRequest(isLast, isLong).then(
      () => stage.faults.api.clear(),
      () => signal.aborted || stage.faults.api.clear(),
    );
  };
  const making = {
    stage,
    node: fault.node,
    pod: nameOf(own),
    aggregator: nameOf(aggregators()),
    user,
    doors: findDoors(stage, namespace),
    size: fault.size,
    liftAfter,
  };
  const at = Date.now();
  try {
    if (!(await makeFault(fault.kind, making))) return undefined;
  } catch (error) {
    // It went in the very moment.
    if (error instanceof StatusError && error.code === 404) return undefined;
    throw error;
  }
  const excused: Excuse = (result, ranOn, startedAt) => {
    const cost = costOf(fault.kind);
    if (cost === "node") return result.node === fault.node || ranOn.has(fault.node);
    if (cost === "pod") return result.plugin === fault.plugin && (isJob || result.node === fault.node);
    return cost === "unstarted" && (startedAt === undefined || startedAt > at);
  };
  return { fault, excused };
}
