import type { JsonObject } from "../../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { field } from "../../../../core/kubernetes/field.ts";
import { firstUntoleratedTaint } from "../../../../core/kubernetes/taints.ts";
import { isDeclared, keyOf, typeOf } from "../../../objects/object-key.ts";
import { objectsAt } from "../../../objects/object-fields.ts";
import { isDeleting, nodeNameOf } from "../../../objects/pod-state.ts";
import { recordEvent } from "../../record-event.ts";
import { parseTime } from "../../../objects/render-time.ts";
import { createWorkQueue } from "../../work-queue.ts";
import type { WorkQueue } from "../../work-queue.ts";
import type { Cluster } from "../controller.ts";
import { findByKey, nameKey, watchKind } from "../controller.ts";
import { markDisrupted } from "../../mark-disrupted.ts";

/** Deletes pods from nodes with NoExecute taints: at once, or after as many seconds as they tolerate. Source: kube-controller-manager, pkg/controller/tainteviction. */
export function startTaintEviction(cluster: Cluster): void {
  const { api } = cluster;
  const planned = new Set<string>();
  const queue = createWorkQueue({ ...cluster, work: (key) => judgePod(cluster, { queue, planned }, key) });
  watchKind(cluster, podKind, ({ type, object }) => {
    if (type === "DELETED") planned.delete(nameKey(object));
    else if (nodeNameOf(object) !== "") queue.add(nameKey(object));
  });
  const taintsBefore = new Map<string, string>();
  watchKind(cluster, ["v1", "Node"], ({ object }) => {
    const { name } = object.metadata;
    const taints = JSON.stringify(executing(object));
    if ((taintsBefore.get(name) ?? "[]") === taints) return;
    taintsBefore.set(name, taints);
    for (const pod of api.list(typeOf(api, ...podKind))) if (nodeNameOf(pod) === name) queue.add(nameKey(pod));
  });
}

const podKind = ["v1", "Pod"] as const;

type Plans = { readonly queue: WorkQueue; readonly planned: Set<string> };

function judgePod(cluster: Cluster, { queue, planned }: Plans, key: string): void {
  const { api, clock } = cluster;
  const pod = findByKey(cluster, podKind, key);
  if (pod === undefined || isDeleting(pod) || isDeclared(pod)) return;
  const node = api.find({ type: typeOf(api, "v1", "Node"), namespace: "", name: nodeNameOf(pod) });
  const time = evictionTime(pod, node === undefined ? [] : executing(node));
  if (time === undefined) {
    if (planned.delete(key)) tell(cluster, pod, `Cancelling deletion of Pod ${key}`);
  } else if (time > clock.now().getTime()) {
    planned.add(key);
    queue.addAt(key, new Date(time));
  } else {
    planned.delete(key);
    evict(cluster, pod);
  }
}

/** When a pod has to leave, in milliseconds: 0 at once, undefined never. Of several tolerations of one taint the first counts, of several taints the earliest. */
function evictionTime(pod: KubernetesObject, taints: readonly JsonObject[]): number | undefined {
  if (taints.length === 0) return undefined;
  const tolerations = objectsAt(field(pod, "spec", "tolerations"));
  if (firstUntoleratedTaint({ spec: { taints } }, tolerations) !== undefined) return 0;
  const used = taints.map(
    (taint) => tolerations.find((one) => firstUntoleratedTaint({ spec: { taints: [taint] } }, [one]) === undefined)?.["tolerationSeconds"],
  );
  const seconds = used.filter((one) => typeof one === "number").map((one) => Math.max(one, 0));
  if (seconds.length === 0) return undefined;
  const added = taints.flatMap(({ timeAdded }) => parseTime(timeAdded) ?? []);
  return (added.length === 0 ? 0 : Math.min(...added)) + Math.min(...seconds) * 1000;
}

const executing = (node: unknown): readonly JsonObject[] => objectsAt(field(node, "spec", "taints")).filter(({ effect }) => effect === "NoExecute");

function evict(cluster: Cluster, pod: KubernetesObject): void {
  const { api, clock } = cluster;
  tell(cluster, pod, `Marking for deletion Pod ${nameKey(pod)}`);
  markDisrupted(api, clock, { pod, reason: "DeletionByTaintManager", message: "Taint manager: deleting due to NoExecute taint" });
  api.delete(keyOf(api, pod));
}

const tell = ({ api, clock }: Cluster, about: KubernetesObject, message: string): void =>
  recordEvent(api, clock, { about, type: "Normal", reason: "TaintManagerEviction", message, component: "taint-eviction-controller" });
