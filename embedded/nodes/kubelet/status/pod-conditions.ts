import type { ContainerRecord, PodRecord } from "../pods/pod-record.ts";
import { currentRun } from "../pods/pod-record.ts";
import { isReady } from "./container-status.ts";
import type { Phase } from "./phase.ts";

type Judged = { readonly type: string; readonly status: "True" | "False"; readonly reason?: string; readonly message?: string };

/** The conditions that a kubelet is in charge of, without their times. Source: k8s.io/kubernetes, pkg/kubelet/status/generate.go. */
export function judgePod(record: PodRecord, phase: Phase): readonly Judged[] {
  const ready = judgeContainers(record, phase);
  return [
    ...(record.ended?.isDisruption === true
      ? [{ type: "DisruptionTarget", status: "True" as const, reason: "TerminationByKubelet", message: record.ended.message }]
      : []),
    { type: "PodReadyToStartContainers", status: record.isOpen ? "True" : "False" },
    judgeInitialized(record, phase),
    { type: "Ready", ...ready },
    { type: "ContainersReady", ...ready },
    // Whoever gave it this node, the scheduler or the person who wrote the pod.
    { type: "PodScheduled", status: "True" },
  ];
}

function judgeInitialized({ containers }: PodRecord, phase: Phase): Judged {
  const type = "Initialized";
  if (phase === "Succeeded") return { type, status: "True", reason: "PodCompleted" };
  const isPast = containers.some(({ kind, runs }) => kind === "main" && runs.length > 0);
  const incomplete = containers.filter((one) => (one.kind === "init" && !isReady(one)) || (one.kind === "sidecar" && currentRun(one)?.started !== true));
  if (isPast || incomplete.length === 0) return { type, status: "True" };
  return { type, status: "False", reason: "ContainersNotInitialized", message: `containers with incomplete status: [${namesOf(incomplete)}]` };
}

function judgeContainers({ containers }: PodRecord, phase: Phase): Omit<Judged, "type"> {
  if (phase === "Succeeded") return { status: "False", reason: "PodCompleted" };
  if (phase === "Failed") return { status: "False", reason: "PodFailed" };
  const unready = containers.filter((one) => one.kind !== "init" && !isReady(one));
  if (unready.length === 0) return { status: "True" };
  return { status: "False", reason: "ContainersNotReady", message: `containers with unready status: [${namesOf(unready)}]` };
}

const namesOf = (records: readonly ContainerRecord[]): string => records.map(({ container }) => container.name).join(" ");
