import type { ContainerRecord, PodRecord } from "./pod-record.ts";
import { currentRun, isRunning } from "./pod-record.ts";
import type { Pod } from "./pod.ts";

/** What is to be done next with a pod's containers; `isOver` when nothing will run any more but sidecars. */
export type Plan = { readonly starts: readonly ContainerRecord[]; readonly isOver: boolean };

/** Which containers are to be started now, in order. Source: k8s.io/kubernetes, pkg/kubelet/kuberuntime/kuberuntime_manager.go, computePodActions. */
export function planStarts({ spec }: Pod, record: PodRecord): Plan {
  const { restartPolicy = "Always" } = spec;
  const [main, before] = [record.containers.filter(({ kind }) => kind === "main"), record.containers.filter(({ kind }) => kind !== "main")];
  const isAgain = (one: ContainerRecord): boolean => wantsStart(one, restartPolicy);
  // After a reboot, what must not run again is not begun at all.
  if (!record.isOpen && record.sandboxes > 0 && restartPolicy === "Never") return { starts: [], isOver: !record.containers.some(isRunning) };
  if (main.every((one) => !isRunning(one) && !isAgain(one))) return { starts: [], isOver: true };
  const starts: ContainerRecord[] = [];
  const isPast = main.some((one) => isInSandbox(one, record));
  for (const one of before) {
    const run = currentRun(one);
    if (one.kind === "sidecar") {
      if (!isRunning(one)) starts.push(one);
      // What comes after it waits until it has started.
      if (!isPast && run?.started !== true) return { starts, isOver: false };
      continue;
    }
    if (isPast || (isInSandbox(one, record) && run?.ended?.exitCode === 0)) continue;
    if (isRunning(one)) return { starts, isOver: false };
    const hasFailed = isInSandbox(one, record) && run?.ended !== undefined;
    if (hasFailed && restartPolicy === "Never") return { starts: [], isOver: true };
    return { starts: [...starts, one], isOver: false };
  }
  return { starts: [...starts, ...main.filter((one) => !isRunning(one) && isAgain(one))], isOver: false };
}

/** Whether its newest process belongs to the pod's present sandbox. */
const isInSandbox = (record: ContainerRecord, { sandboxes }: PodRecord): boolean => currentRun(record)?.sandbox === sandboxes;

/** Whether a main container that does not run is to be started. */
function wantsStart(record: ContainerRecord, restartPolicy: "Always" | "OnFailure" | "Never"): boolean {
  const ended = currentRun(record)?.ended;
  if (ended === undefined || restartPolicy === "Always") return true;
  return restartPolicy === "OnFailure" && ended.exitCode !== 0;
}
