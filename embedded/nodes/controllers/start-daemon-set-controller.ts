import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { field } from "../../../core/kubernetes/field.ts";
import { isNodeSelected } from "../../../core/kubernetes/node-selection.ts";
import { firstUntoleratedTaint } from "../../../core/kubernetes/taints.ts";
import { isDeclared, typeOf } from "../object-key.ts";
import { numberAt, objectAt, objectsAt } from "../object-fields.ts";
import { availableAt } from "../pod-available.ts";
import { controllerOf, isActive, isDeleting, isPodReady, isTerminated, nodeNameOf } from "../pod-state.ts";
import { createWorkQueue } from "../work-queue.ts";
import type { Cluster } from "./controller.ts";
import { findByKey, nameKey, watchKind } from "./controller.ts";
import { createPod, deletePod, isNamespaceEnding, podsOf } from "./owned-pods.ts";
import { writeStatus } from "./write-status.ts";

/** Keeps one pod of each DaemonSet on every node that it may run on, and its status. A changed template reaches only pods that are made later. */
export function startDaemonSetController(cluster: Cluster): void {
  const { api } = cluster;
  const queue = createWorkQueue({ ...cluster, work: (key) => syncDaemonSet(cluster, key) });
  watchKind(cluster, daemonSetKind, ({ object }) => queue.add(nameKey(object)));
  watchKind(cluster, ["v1", "Node"], () => {
    for (const owner of api.list(typeOf(api, ...daemonSetKind))) queue.add(nameKey(owner));
  });
  watchKind(cluster, ["v1", "Pod"], ({ object }) => {
    const owner = controllerOf(object);
    if (owner?.kind === "DaemonSet") queue.add(`${object.metadata.namespace ?? ""}/${owner.name}`);
  });
}

const daemonSetKind = ["apps/v1", "DaemonSet"] as const;
const component = "daemonset-controller";

function syncDaemonSet(cluster: Cluster, key: string): void {
  const { api } = cluster;
  const owner = findByKey(cluster, daemonSetKind, key);
  if (owner === undefined || isDeclared(owner)) return;
  const nodes = api.list(typeOf(api, "v1", "Node")).filter((node) => isEligible(owner, node));
  let refusal: unknown;
  if (!isDeleting(owner)) {
    const pods = podsOf(cluster, owner);
    const names = new Set(nodes.map(({ metadata }) => metadata.name));
    for (const pod of pods.filter((one) => !isDeleting(one) && (isTerminated(one) || !names.has(targetOf(one))))) deletePod(cluster, { pod, owner, component });
    const taken = new Set(pods.filter((pod) => !isTerminated(pod)).map(targetOf));
    try {
      for (const name of names) if (!taken.has(name)) createPod(cluster, { owner, component, adapt: (pod) => pinned(pod, name) });
    } catch (error) {
      refusal = error;
    }
  }
  writeDaemonSetStatus(cluster, owner, nodes.length);
  if (refusal !== undefined && !isNamespaceEnding(refusal)) throw refusal instanceof Error ? refusal : new Error(String(refusal));
}

/** The taints that every daemon pod tolerates. Source: kube-controller-manager, pkg/controller/daemon/util. */
const daemonTolerations = [
  ...["not-ready", "unreachable"].map((name) => ({ key: `node.kubernetes.io/${name}`, operator: "Exists", effect: "NoExecute" })),
  ...["disk-pressure", "memory-pressure", "pid-pressure", "unschedulable"].map((name) => ({
    key: `node.kubernetes.io/${name}`,
    operator: "Exists",
    effect: "NoSchedule",
  })),
];

const tolerationsOf = (spec: unknown): readonly unknown[] => [
  ...objectsAt(field(spec, "tolerations")),
  ...daemonTolerations,
  ...(field(spec, "hostNetwork") === true ? [{ key: "node.kubernetes.io/network-unavailable", operator: "Exists", effect: "NoSchedule" }] : []),
];

function isEligible(owner: KubernetesObject, node: KubernetesObject): boolean {
  const spec = field(owner, "spec", "template", "spec");
  return isNodeSelected(node, spec) && firstUntoleratedTaint(node, tolerationsOf(spec)) === undefined;
}

/** Bound by the scheduler, but to no other node. */
function pinned(pod: KubernetesObject, nodeName: string): KubernetesObject {
  const spec = objectAt(pod["spec"]);
  const term = { matchFields: [{ key: "metadata.name", operator: "In", values: [nodeName] }] };
  const affinity = { ...objectAt(spec["affinity"]), nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [term] } } };
  return { ...pod, spec: { ...spec, affinity, tolerations: objectsAt(tolerationsOf(spec)) } };
}

/** The node a daemon's pod is on or is meant for. */
function targetOf(pod: KubernetesObject): string {
  const terms = field(pod, "spec", "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms");
  return nodeNameOf(pod) || String(field(terms, "0", "matchFields", "0", "values", "0") ?? "");
}

function writeDaemonSetStatus(cluster: Cluster, owner: KubernetesObject, desired: number): void {
  const pods = podsOf(cluster, owner).filter((pod) => isActive(pod) && nodeNameOf(pod) !== "");
  const minReady = numberAt(field(owner, "spec", "minReadySeconds"));
  const available = pods.filter((pod) => (availableAt(pod, minReady) ?? Infinity) <= cluster.clock.now().getTime()).length;
  writeStatus(cluster, owner, {
    currentNumberScheduled: pods.length,
    desiredNumberScheduled: desired,
    numberMisscheduled: 0,
    numberReady: pods.filter(isPodReady).length,
    numberAvailable: positive(available),
    numberUnavailable: positive(desired - available),
    updatedNumberScheduled: positive(pods.length),
    observedGeneration: numberAt(owner.metadata["generation"]),
  });
}

const positive = (count: number): number | undefined => (count <= 0 ? undefined : count);
