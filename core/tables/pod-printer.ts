import type { KubernetesObject } from "../contract/kubernetes-object.ts";
import { field, list, text } from "../kubernetes/field.ts";
import { ageOf, columns, type Printer } from "./printer.ts";
import { readPodStatus } from "./read-pod-status.ts";
import { renderAge } from "./render-duration.ts";

/** Pods, as in `kubectl get pods`. */
export const podPrinter: Printer = {
  columns: columns("Name", "Ready", "Status", "Restarts", "Age", "IP*", "Node*", "Nominated Node*", "Readiness Gates*"),
  cells: (pod, now) => {
    const { ready, total, reason, restarts, lastRestart } = readPodStatus(pod);
    const restarted = restarts !== 0 && lastRestart !== "" ? `${restarts} (${renderAge(lastRestart, now)} ago)` : String(restarts);
    const podIP = text(field(list(field(pod, "status", "podIPs"))[0], "ip"));
    const wide = [podIP, text(field(pod, "spec", "nodeName")), text(field(pod, "status", "nominatedNodeName")), readinessGates(pod)];
    return [pod.metadata.name, `${ready}/${total}`, reason, restarted, ageOf(pod, now), ...wide.map((cell) => cell || "<none>")];
  },
  conditions: (pod) => {
    const phase = text(field(pod, "status", "phase"));
    if (phase === "Succeeded") return { conditions: [{ type: "Completed", status: "True", reason: phase, message: "The pod has completed successfully." }] };
    if (phase === "Failed") return { conditions: [{ type: "Completed", status: "True", reason: phase, message: "The pod failed." }] };
    return {};
  },
};

function readinessGates(pod: KubernetesObject): string {
  const gates = list(field(pod, "spec", "readinessGates"));
  if (gates.length === 0) return "";
  const conditions = list(field(pod, "status", "conditions"));
  const met = gates.filter((gate) => {
    const condition = conditions.find((each) => field(each, "type") === field(gate, "conditionType"));
    return field(condition, "status") === "True";
  });
  return `${met.length}/${gates.length}`;
}
