import { globalNode } from "../../core/contract/names.ts";
import type { Refusal } from "../causes/cause.ts";
import { diagnose } from "../causes/diagnose.ts";
import type { Launched } from "../launch/launch.ts";
import type { ExpectedResult, ExpectedResults, ResultProblem } from "../state/expected-results.ts";
import { isEnded } from "../state/expected-results.ts";
import { createClocks } from "./clocks.ts";
import type { SeenPod } from "./pod-watch.ts";
import { nodeOf, sightOf } from "./sight-of.ts";
import type { Surroundings } from "./sight-of.ts";

/** Turns what is seen of pods, nodes and events into states, problems and ends of results. */
export type Supervisor = {
  /** From now on pods of this pod's or Job's uid stand for the result. */
  claim(result: ExpectedResult, launched: Launched): void;
  /** What was made for the result counts no more, but for a late upload of it; another may be made. */
  release(result: ExpectedResult): void;
  /** The API server has refused, or at last taken, what was to be made for the result. */
  refuse(result: ExpectedResult, refusal: Refusal | undefined): void;
  see(pod: SeenPod): void;
  seeNode(name: string): void;
  /** There is news of the pod or Job with this uid. */
  seeEvent(uid: string): void;
  /** Looks at the result again because something else about it has changed. */
  readonly look: (result: ExpectedResult) => void;
  /** The result for which a pod may speak. */
  identify(podUid: string): ExpectedResult | undefined;
  podOf(result: ExpectedResult): SeenPod | undefined;
  /** Resolves when the result's pod is gone; at once where none was seen. */
  untilGone(result: ExpectedResult): Promise<void>;
  stop(): void;
};

type Deps = Surroundings & {
  readonly results: ExpectedResults;
  readonly end: (result: ExpectedResult, state: "failed" | "lost" | "timed-out", problem: ResultProblem) => void;
  /** Makes anew what was lost, where that is right; false where it is not. */
  readonly again: (result: ExpectedResult, problem: ResultProblem) => boolean;
};

/** How long a sidecar may still deliver after the plugin itself has failed. */
const crashGraceMilliseconds = 30_000;

/** A worker hears of its pod's deletion by a signal and collects within three seconds; one that was just starting then has missed it. */
const deletionGraceMilliseconds = 6000;

/** A supervisor; it only looks and decides, pods are made and removed elsewhere. */
export function createSupervisor(deps: Deps): Supervisor {
  const { results, containerOf, end, again } = deps;
  const claims = new Map<string, ExpectedResult>();
  const madeFor = new Map<ExpectedResult, string>();
  const released = new Set<string>();
  const podUids = new Map<string, ExpectedResult>();
  const pods = new Map<ExpectedResult, SeenPod>();
  // A Job's pod may be seen before the answer to the Job's creation has arrived.
  const unclaimed = new Map<string, SeenPod>();
  const refusals = new Map<ExpectedResult, Refusal>();
  const collecting = new Map<ExpectedResult, { readonly milliseconds: number; readonly timer: NodeJS.Timeout }>();
  const goings = new Map<ExpectedResult, PromiseWithResolvers<void>>();

  const look = (result: ExpectedResult): void => {
    if (isEnded(result)) return clocks.clear(result);
    const pod = pods.get(result);
    const { state, problem, verdict, allEnded, hasRun } = diagnose(sightOf(result, { pod, jobUid: madeFor.get(result), refusal: refusals.get(result) }, deps));
    const age = problem ? clocks.age(result, problem.code) : 0;
    const isShown = verdict === undefined || age >= verdict.hiddenSeconds * 1000 - dust;
    collectLater(result, pod);
    update(result, {
      state: result.state === "uploading" && state === "running" ? "uploading" : state,
      problem: isShown ? problem : undefined,
      cutShort: verdict?.cutsShort ? problem : undefined,
      hasRun: result.hasRun === true || hasRun,
      ...(allEnded && result.collect === undefined && { collect: "ended" as const }),
    });
    if (!problem || !verdict) return clocks.clear(result);
    const left = verdict.graceSeconds * 1000 - age;
    if (left > dust) return clocks.wake(result, isShown ? left : Math.min(left, verdict.hiddenSeconds * 1000 - age));
    clocks.clear(result);
    if (verdict.ends !== "lost" || !again(result, problem)) end(result, verdict.ends, problem);
  };
  const clocks = createClocks(look);

  /** Has the worker told to collect, some time after the plugin has failed or its pod was deleted. */
  const collectLater = (result: ExpectedResult, pod: SeenPod | undefined): void => {
    const failed = pod?.view.containers.some(({ name, exitCode }) => name === containerOf(result.plugin) && exitCode !== undefined && exitCode !== 0);
    const planned = collecting.get(result);
    const milliseconds = pod?.view.deleting ? deletionGraceMilliseconds : crashGraceMilliseconds;
    if ((!failed && !pod?.view.deleting) || (planned && planned.milliseconds <= milliseconds)) return;
    const collect = (): void => {
      // What has not run is made once more, and that one's worker is not meant.
      if (result.hasRun && !isEnded(result) && !result.collect) results.update(result, { collect: "ended" });
    };
    clearTimeout(planned?.timer);
    collecting.set(result, { milliseconds, timer: setTimeout(collect, milliseconds) });
  };

  /** Listeners publish and answer polls, so that they hear of changes only. */
  const update = (result: ExpectedResult, change: Parameters<ExpectedResults["update"]>[1]): void => {
    const before: Record<string, unknown> = { ...result };
    if (Object.entries(change).some(([key, value]) => !isSame(before[key], value))) results.update(result, change);
  };

  const take = (result: ExpectedResult, pod: SeenPod): void => {
    if (pod.gone && pods.get(result)?.view.uid !== pod.view.uid) return;
    podUids.set(pod.view.uid, result);
    pods.set(result, pod);
    if (pod.gone) goings.get(result)?.resolve();
    look(result);
  };

  return {
    look,
    claim(result, launched) {
      claims.set(launched.uid, result);
      madeFor.set(result, launched.uid);
      for (const [uid, pod] of unclaimed)
        if (uid === launched.uid || pod.controllerUid === launched.uid) {
          unclaimed.delete(uid);
          take(result, pod);
        }
    },
    release(result) {
      const [uid, pod] = [madeFor.get(result), pods.get(result)];
      for (const each of [uid, pod?.view.uid, pod?.controllerUid]) if (each !== undefined) released.add(each);
      if (uid !== undefined) claims.delete(uid);
      madeFor.delete(result);
      pods.delete(result);
      clearTimeout(collecting.get(result)?.timer);
      collecting.delete(result);
    },
    refuse(result, refusal) {
      if (refusal) refusals.set(result, refusal);
      else if (!refusals.delete(result)) return;
      look(result);
    },
    see(pod) {
      const { uid } = pod.view;
      if (released.has(uid) || (pod.controllerUid !== undefined && released.has(pod.controllerUid))) return;
      const result = claims.get(uid) ?? (pod.controllerUid === undefined ? undefined : claims.get(pod.controllerUid));
      if (result) take(result, pod);
      else if (pod.gone) unclaimed.delete(uid);
      else unclaimed.set(uid, pod);
    },
    seeNode(name) {
      for (const result of [...results.ofNode(name), ...results.ofNode(globalNode)]) if (nodeOf(result, pods.get(result)) === name) look(result);
    },
    seeEvent(uid) {
      const result = claims.get(uid) ?? podUids.get(uid);
      if (result) look(result);
    },
    identify: (podUid) => podUids.get(podUid) ?? claims.get(podUid),
    podOf: (result) => pods.get(result),
    untilGone(result) {
      const pod = pods.get(result);
      if (!pod || pod.gone) return Promise.resolve();
      const going = goings.get(result) ?? Promise.withResolvers<void>();
      goings.set(result, going);
      return going.promise;
    },
    stop() {
      clocks.stop();
      for (const { timer } of collecting.values()) clearTimeout(timer);
    },
  };
}

/** Timers may be a little early. */
const dust = 20;

/** Problems are made anew with each look; they are the same when they say the same. */
const isSame = (a: unknown, b: unknown): boolean => a === b || (isProblem(a) && isProblem(b) && a.code === b.code && a.message === b.message);
const isProblem = (value: unknown): value is ResultProblem => typeof value === "object" && value !== null && "code" in value && "message" in value;
