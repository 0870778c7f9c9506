import type { KubernetesObject } from "../contract/kubernetes-object.ts";
import { field, list, text } from "../kubernetes/field.ts";
import { ageOf, columns, count, type Printer } from "./printer.ts";

/** Nodes, and what stands around them. */
export const nodePrinters: { readonly [kind: string]: Printer } = {
  "/Node": {
    columns: columns("Name", "Status", "Roles", "Age", "Version", "Internal-IP*", "External-IP*", "OS-Image*", "Kernel-Version*", "Container-Runtime*"),
    cells: (node, now) => {
      const info = (name: string): string => text(field(node, "status", "nodeInfo", name));
      const address = (type: string): string =>
        text(
          field(
            list(field(node, "status", "addresses")).find((each) => field(each, "type") === type),
            "address",
          ),
        ) || "<none>";
      return [
        node.metadata.name,
        nodeStatus(node),
        nodeRoles(node).join(",") || "<none>",
        ageOf(node, now),
        info("kubeletVersion"),
        address("InternalIP"),
        address("ExternalIP"),
        info("osImage") || "<unknown>",
        kernel(info("kernelVersion"), info("architecture")),
        info("containerRuntimeVersion") || "<unknown>",
      ];
    },
  },
  "coordination.k8s.io/Lease": {
    columns: columns("Name", "Holder", "Age"),
    cells: (lease, now) => [lease.metadata.name, text(field(lease, "spec", "holderIdentity")), ageOf(lease, now)],
  },
  "node.k8s.io/RuntimeClass": {
    columns: columns("Name", "Handler", "Age"),
    cells: (object, now) => [object.metadata.name, text(object["handler"]), ageOf(object, now)],
  },
  "scheduling.k8s.io/PriorityClass": {
    columns: columns("Name", "Value:integer", "Global-Default:boolean", "Age", "PreemptionPolicy"),
    cells: (object, now) => [
      object.metadata.name,
      count(object["value"]),
      object["globalDefault"] === true,
      ageOf(object, now),
      text(object["preemptionPolicy"]),
    ],
  },
};

function nodeStatus(node: KubernetesObject): string {
  const ready = list(field(node, "status", "conditions")).find((each) => field(each, "type") === "Ready");
  const status = ready === undefined ? "Unknown" : field(ready, "status") === "True" ? "Ready" : "NotReady";
  return field(node, "spec", "unschedulable") === true ? `${status},SchedulingDisabled` : status;
}

const rolePrefix = "node-role.kubernetes.io/";

function nodeRoles({ metadata }: KubernetesObject): readonly string[] {
  const roles = Object.entries(metadata.labels ?? {}).flatMap(([key, value]) => {
    if (key.startsWith(rolePrefix)) return key.length > rolePrefix.length ? [key.slice(rolePrefix.length)] : [];
    return key === "kubernetes.io/role" && value !== "" ? [value] : [];
  });
  return [...new Set(roles)].toSorted();
}

function kernel(version: string, architecture: string): string {
  if (version === "") return "<unknown>";
  return architecture === "" ? version : `${version} (${architecture})`;
}
