import type { KubernetesObject } from "../contract/kubernetes-object.ts";
import { field, list, text } from "../kubernetes/field.ts";
import { count } from "./printer.ts";

/** What `kubectl get pods` tells of a pod's containers; `lastRestart` is RFC 3339 or empty. */
export type PodStatusView = {
  readonly ready: number;
  readonly total: number;
  readonly reason: string;
  readonly restarts: number;
  readonly lastRestart: string;
};

/** Sums a pod's status up as the real server does. Source: printPod in pkg/printers/internalversion/printers.go. */
export function readPodStatus(pod: KubernetesObject): PodStatusView {
  const sidecars = new Set(
    list(field(pod, "spec", "initContainers"))
      .filter(isSidecar)
      .map((container) => field(container, "name")),
  );
  const total = list(field(pod, "spec", "containers")).length + sidecars.size;
  const initializing = readInitContainers(pod, sidecars);
  const conditions = list(field(pod, "status", "conditions"));
  const isInitialized = hasCondition(conditions, "Initialized");
  let view: PodStatusView = {
    ready: initializing.ready,
    total,
    reason: plainReason(pod, conditions),
    restarts: initializing.restarts,
    lastRestart: initializing.lastRestart,
  };
  if (initializing.reason !== undefined) view = { ...view, reason: initializing.reason };
  if (initializing.reason === undefined || isInitialized) view = readContainers(pod, view, initializing.ofSidecars);
  return { ...view, reason: deletionReason(pod) ?? view.reason };
}

type Restarts = { readonly restarts: number; readonly lastRestart: string };

function plainReason(pod: KubernetesObject, conditions: readonly unknown[]): string {
  const gated = conditions.some((each) => field(each, "type") === "PodScheduled" && field(each, "reason") === "SchedulingGated");
  return gated ? "SchedulingGated" : text(field(pod, "status", "reason")) || text(field(pod, "status", "phase"));
}

function deletionReason({ metadata, status }: KubernetesObject): string | undefined {
  if (metadata.deletionTimestamp === undefined) return undefined;
  if (field(status, "reason") === "NodeLost") return "Unknown";
  return ["Succeeded", "Failed"].includes(text(field(status, "phase"))) ? undefined : "Terminating";
}

type Initializing = Restarts & { readonly ready: number; readonly reason: string | undefined; readonly ofSidecars: Restarts };

/** Up to the first one that is not done; `reason` is undefined if all are. */
function readInitContainers(pod: KubernetesObject, sidecars: ReadonlySet<unknown>): Initializing {
  const wanted = list(field(pod, "spec", "initContainers")).length;
  let all: Restarts = { restarts: 0, lastRestart: "" };
  let ofSidecars = all;
  let ready = 0;
  for (const [index, status] of list(field(pod, "status", "initContainerStatuses")).entries()) {
    const sidecar = sidecars.has(field(status, "name"));
    all = addRestarts(all, status);
    if (sidecar) ofSidecars = addRestarts(ofSidecars, status);
    const terminated = field(status, "state", "terminated");
    if (terminated !== undefined && count(field(terminated, "exitCode")) === 0) continue;
    if (sidecar && field(status, "started") === true) {
      if (field(status, "ready") === true) ready++;
      continue;
    }
    return { ...all, ready, reason: `Init:${initReason(status, `${index}/${wanted}`)}`, ofSidecars };
  }
  return { ...all, ready, reason: undefined, ofSidecars };
}

function initReason(status: unknown, progress: string): string {
  const terminated = field(status, "state", "terminated");
  if (terminated !== undefined) return endReason(terminated);
  const waiting = text(field(status, "state", "waiting", "reason"));
  return waiting === "" || waiting === "PodInitializing" ? progress : waiting;
}

function readContainers(pod: KubernetesObject, view: PodStatusView, ofSidecars: Restarts): PodStatusView {
  let { reason, ready } = view;
  let restarts = ofSidecars;
  let failure = "";
  let isRunning = false;
  for (const status of list(field(pod, "status", "containerStatuses")).toReversed()) {
    restarts = addRestarts(restarts, status);
    const waiting = text(field(status, "state", "waiting", "reason"));
    const terminated = field(status, "state", "terminated");
    if (waiting !== "") reason = waiting;
    else if (terminated !== undefined) {
      reason = endReason(terminated);
      if (count(field(terminated, "exitCode")) !== 0) failure = reason;
    } else if (field(status, "ready") === true && field(status, "state", "running") !== undefined) {
      isRunning = true;
      ready++;
    }
  }
  if (reason === "Completed") {
    if (isRunning && hasCondition(list(field(pod, "status", "conditions")), "Ready")) reason = "Running";
    else if (failure !== "") reason = failure;
    else if (isRunning) reason = "NotReady";
  }
  return { ...view, ...restarts, reason, ready };
}

function endReason(terminated: unknown): string {
  const reason = text(field(terminated, "reason"));
  if (reason !== "") return reason;
  const signal = count(field(terminated, "signal"));
  return signal === 0 ? `ExitCode:${count(field(terminated, "exitCode"))}` : `Signal:${signal}`;
}

function addRestarts({ restarts, lastRestart }: Restarts, status: unknown): Restarts {
  const finished = text(field(status, "lastState", "terminated", "finishedAt"));
  return { restarts: restarts + count(field(status, "restartCount")), lastRestart: finished > lastRestart ? finished : lastRestart };
}

const hasCondition = (conditions: readonly unknown[], type: string): boolean =>
  conditions.some((each) => field(each, "type") === type && field(each, "status") === "True");

const isSidecar = (container: unknown): boolean => field(container, "restartPolicy") === "Always";
