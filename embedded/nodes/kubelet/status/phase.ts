import type { ContainerRecord, PodRecord } from "../pods/pod-record.ts";
import { currentRun, isRunning } from "../pods/pod-record.ts";
import type { Pod } from "../pods/pod.ts";

export type Phase = "Pending" | "Running" | "Succeeded" | "Failed";

/** A pod's phase by what its containers do. Source: k8s.io/kubernetes, pkg/kubelet/kubelet_pods.go, getPhase. */
export function readPhase({ spec }: Pod, record: PodRecord): Phase {
  if (record.ended !== undefined) return "Failed";
  const { restartPolicy = "Always" } = spec;
  const init = record.containers.filter(({ kind }) => kind === "init");
  const main = record.containers.filter(({ kind }) => kind === "main");
  if (restartPolicy === "Never" && init.some((one) => exitOf(one) !== undefined && exitOf(one) !== 0)) return "Failed";
  const exits = main.map(exitOf);
  if (record.isOver) return exits.every((exit) => exit === 0) ? "Succeeded" : "Failed";
  const isInitialized = init.every((one) => exitOf(one) === 0) || main.some(({ runs }) => runs.length > 0);
  if (!isInitialized || main.some(({ runs }) => runs.length === 0)) return "Pending";
  if (exits.includes(undefined) || restartPolicy === "Always") return "Running";
  // Whoever waits for the pod waits for its sidecars too.
  if (record.containers.some((one) => one.kind === "sidecar" && isRunning(one))) return "Running";
  if (exits.every((exit) => exit === 0)) return "Succeeded";
  return restartPolicy === "Never" ? "Failed" : "Running";
}

/** How a container's newest process ended; undefined while it runs or before there is one. */
const exitOf = (record: ContainerRecord): number | undefined => currentRun(record)?.ended?.exitCode;
