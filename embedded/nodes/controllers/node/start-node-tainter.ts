import { isDeepStrictEqual } from "node:util";
import type { JsonObject } from "../../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { field } from "../../../../core/kubernetes/field.ts";
import { findCondition } from "../../../objects/conditions.ts";
import { isDeclared, keyOf } from "../../../objects/object-key.ts";
import { objectAt, objectsAt } from "../../../objects/object-fields.ts";
import { renderTime } from "../../../objects/render-time.ts";
import { createWorkQueue } from "../../work-queue.ts";
import type { Cluster } from "../controller.ts";
import { findByKey, nameKey, watchKind } from "../controller.ts";

/** Keeps on each node the taints that follow from its conditions and from being cordoned. */
export function startNodeTainter(cluster: Cluster): void {
  const { api, clock } = cluster;
  const work = (key: string): void => {
    const node = findByKey(cluster, ["v1", "Node"], key);
    if (node === undefined || isDeclared(node)) return;
    const taints = planTaints(node, clock.now());
    if (isDeepStrictEqual(taints, objectsAt(field(node, "spec", "taints")))) return;
    api.modify(keyOf(api, node), (old) => {
      const { taints: _, ...spec } = objectAt(old["spec"]);
      return { ...old, spec: taints.length === 0 ? spec : { ...spec, taints } };
    });
  };
  const queue = createWorkQueue({ ...cluster, work });
  watchKind(cluster, ["v1", "Node"], ({ object }) => queue.add(nameKey(object)));
}

/** A node's taints as they are to be: its own ones stay, ours come and go. Source: kube-controller-manager, pkg/controller/nodelifecycle. */
function planTaints(node: KubernetesObject, now: Date): readonly JsonObject[] {
  const wanted = findTaints(node);
  const present = objectsAt(field(node, "spec", "taints"));
  const isSame = (left: JsonObject, right: JsonObject): boolean => left["key"] === right["key"] && left["effect"] === right["effect"];
  const kept = present.filter((taint) => !isOurs(taint) || wanted.some((one) => isSame(one, taint)));
  const added = wanted.filter((one) => !present.some((taint) => isSame(one, taint)));
  return [...kept, ...added.map((taint) => ({ ...taint, timeAdded: renderTime(now) }))];
}

const prefix = "node.kubernetes.io/";
const pressures = [
  ["MemoryPressure", "memory-pressure"],
  ["DiskPressure", "disk-pressure"],
  ["NetworkUnavailable", "network-unavailable"],
  ["PIDPressure", "pid-pressure"],
] as const;
const ourNames = ["not-ready", "unreachable", "unschedulable", ...pressures.map(([, name]) => name)];

const isOurs = ({ key, effect }: JsonObject): boolean =>
  ourNames.some((name) => key === prefix + name) &&
  (effect === "NoSchedule" || (effect === "NoExecute" && (key === `${prefix}not-ready` || key === `${prefix}unreachable`)));

function findTaints(node: KubernetesObject): readonly JsonObject[] {
  const ready = findCondition(node, "Ready")?.["status"];
  const absence = ready === "False" ? "not-ready" : ready === "Unknown" ? "unreachable" : undefined;
  return [
    ...(absence === undefined ? [] : ["NoSchedule", "NoExecute"].map((effect) => ({ key: prefix + absence, effect }))),
    ...pressures.filter(([type]) => findCondition(node, type)?.["status"] === "True").map(([, name]) => ({ key: prefix + name, effect: "NoSchedule" })),
    ...(field(node, "spec", "unschedulable") === true ? [{ key: `${prefix}unschedulable`, effect: "NoSchedule" }] : []),
  ];
}
