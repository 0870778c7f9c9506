import { diagnose } from "../causes/diagnose.ts";
import type { Diagnosis } from "../causes/diagnose.ts";
import { containerNames, globalNode } from "../../core/contract/names.ts";
import { isNodeReady } from "../../core/kubernetes/node-conditions.ts";
import type { Launched } from "../launch/launch.ts";
import type { ExpectedResult, ExpectedResults, ResultProblem } from "../state/expected-results.ts";
import { isEnded } from "../state/expected-results.ts";
import type { NodeWatch } from "./node-watch.ts";
import type { SeenPod } from "./pod-watch.ts";

/** Turns what is seen of pods and nodes into states, problems and ends of results. */
export type Supervisor = {
  /** From now on pods of this pod's or Job's uid stand for the result. */
  claim(result: ExpectedResult, launched: Launched): void;
  see(pod: SeenPod): void;
  seeNode(name: string): void;
  /** The result for which a pod may speak. */
  identify(podUid: string): ExpectedResult | undefined;
  podOf(result: ExpectedResult): SeenPod | undefined;
  stop(): void;
};

type Deps = {
  readonly results: ExpectedResults;
  readonly nodes: NodeWatch;
  /** The name of a plugin's own container. */
  readonly containerOf: (plugin: string) => string;
  readonly end: (result: ExpectedResult, state: "failed" | "lost", problem: ResultProblem) => void;
};

/** How long a sidecar may still deliver after the plugin itself has failed. */
const crashGraceMilliseconds = 30_000;

/** A supervisor; it only looks and decides, pods are made and removed elsewhere. */
export function createSupervisor({ results, nodes, containerOf, end }: Deps): Supervisor {
  const claims = new Map<string, ExpectedResult>();
  const podUids = new Map<string, ExpectedResult>();
  const pods = new Map<ExpectedResult, SeenPod>();
  // A Job's pod may be seen before the answer to the Job's creation has arrived.
  const unclaimed = new Map<string, SeenPod>();
  const graces = new Map<ExpectedResult, Grace>();
  const crashes: NodeJS.Timeout[] = [];

  const look = (result: ExpectedResult): void => {
    if (isEnded(result)) return clearGrace(graces, result);
    const pod = pods.get(result);
    const diagnosis = diagnose(sightOf(result, pod, nodes));
    const exitCode = pod?.view.containers.find(({ name, state }) => name === containerOf(result.plugin) && state === "terminated")?.exitCode;
    if (exitCode !== undefined && exitCode !== 0 && result.exitCode === undefined)
      crashes.push(setTimeout(() => !isEnded(result) && !result.collect && results.update(result, { collect: "ended" }), crashGraceMilliseconds));
    results.update(result, {
      state: result.state === "uploading" && diagnosis.state === "running" ? "uploading" : diagnosis.state,
      problem: withoutVerdict(diagnosis.problem),
      ...(exitCode !== undefined && { exitCode }),
      ...(diagnosis.allEnded && result.collect === undefined && { collect: "ended" as const }),
    });
    const { problem } = diagnosis;
    if (!problem) return clearGrace(graces, result);
    const grace = graces.get(result);
    if (grace?.code === problem.code) return;
    clearGrace(graces, result);
    const expire = (): void => {
      const { problem: latest } = diagnose(sightOf(result, pods.get(result), nodes));
      const facts = withoutVerdict(latest);
      if (latest && facts && !isEnded(result)) end(result, latest.ends, facts);
    };
    graces.set(result, { code: problem.code, timer: setTimeout(expire, problem.graceSeconds * 1000) });
  };

  const take = (result: ExpectedResult, pod: SeenPod): void => {
    if (pod.gone && pods.get(result)?.view.uid !== pod.view.uid) return;
    podUids.set(pod.view.uid, result);
    pods.set(result, pod);
    look(result);
  };

  return {
    claim(result, launched) {
      claims.set(launched.uid, result);
      for (const [uid, pod] of unclaimed)
        if (uid === launched.uid || pod.controllerUid === launched.uid) {
          unclaimed.delete(uid);
          take(result, pod);
        }
    },
    see(pod) {
      const result = claims.get(pod.view.uid) ?? (pod.controllerUid === undefined ? undefined : claims.get(pod.controllerUid));
      if (result) take(result, pod);
      else unclaimed.set(pod.view.uid, pod);
    },
    seeNode(name) {
      for (const result of results.all()) if (nodeOf(result, pods.get(result)) === name) look(result);
    },
    identify: (podUid) => podUids.get(podUid) ?? claims.get(podUid),
    podOf: (result) => pods.get(result),
    stop() {
      for (const result of graces.keys()) clearGrace(graces, result);
      for (const timer of crashes) clearTimeout(timer);
    },
  };
}

type Grace = { readonly code: string; readonly timer: NodeJS.Timeout };

function clearGrace(graces: Map<ExpectedResult, Grace>, result: ExpectedResult): void {
  clearTimeout(graces.get(result)?.timer);
  graces.delete(result);
}

function sightOf(result: ExpectedResult, pod: SeenPod | undefined, nodes: NodeWatch): Parameters<typeof diagnose>[0] {
  const nodeName = nodeOf(result, pod);
  const node = nodeName === undefined ? undefined : nodes.find(nodeName);
  return {
    pod: pod?.view,
    podGone: pod?.gone === true,
    nodeReady: node && isNodeReady(node),
    nodeGone: nodes.isSynced() && nodeName !== undefined && node === undefined,
    workerContainer: containerNames.worker,
  };
}

const nodeOf = (result: ExpectedResult, pod: SeenPod | undefined): string | undefined => (result.node === globalNode ? pod?.view.nodeName : result.node);

function withoutVerdict(problem: Diagnosis["problem"]): ResultProblem | undefined {
  if (!problem) return undefined;
  const { ends: _ends, graceSeconds: _graceSeconds, ...facts } = problem;
  return facts;
}
