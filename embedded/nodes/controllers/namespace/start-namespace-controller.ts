import type { JsonObject } from "../../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { field, list } from "../../../../core/kubernetes/field.ts";
import { withCondition } from "../../../objects/conditions.ts";
import { keyOf, typeOf } from "../../../objects/object-key.ts";
import { objectAt, objectsAt } from "../../../objects/object-fields.ts";
import { isDeleting } from "../../../objects/pod-state.ts";
import { createWorkQueue } from "../../work-queue.ts";
import type { Cluster } from "../controller.ts";
import { watchKind } from "../controller.ts";
import { writeStatus } from "../write-status.ts";
import type { Remaining } from "./build-conditions.ts";
import { buildConditions } from "./build-conditions.ts";
import { finalizersOf } from "../../../objects/finalizers.ts";

/** Empties namespaces that are being deleted, tells in their status what is left, and lets them go when nothing is. Source: kube-controller-manager, pkg/controller/namespace. */
export function startNamespaceController(cluster: Cluster): void {
  const { api, signal } = cluster;
  const ending = new Set<string>();
  const queue = createWorkQueue({ ...cluster, work: (name) => syncNamespace(cluster, name) });
  watchKind(cluster, namespaceKind, ({ type, object }) => {
    const { name } = object.metadata;
    if (type === "DELETED") ending.delete(name);
    else if (isDeleting(object)) {
      ending.add(name);
      queue.add(name);
    }
  });
  // What keeps a namespace waiting may be of any kind, also of one that is added while the cluster runs.
  api.store.listen(({ key }) => {
    if (ending.has(key.namespace)) queue.add(key.namespace);
  }, signal);
}

const namespaceKind = ["v1", "Namespace"] as const;

function syncNamespace(cluster: Cluster, name: string): void {
  const { api } = cluster;
  const find = (): KubernetesObject | undefined => api.find({ type: typeOf(api, ...namespaceKind), namespace: "", name });
  const namespace = find();
  if (namespace === undefined || !isDeleting(namespace) || !list(field(namespace, "spec", "finalizers")).includes("kubernetes")) return;
  const remaining = deleteContent(cluster, name);
  const conditions = buildConditions(remaining).reduce<readonly JsonObject[]>(
    (before, condition) => withCondition({ status: { conditions: before } }, condition, cluster.clock.now()),
    objectsAt(field(namespace, "status", "conditions")),
  );
  writeStatus(cluster, namespace, { ...objectAt(namespace["status"]), conditions });
  if (remaining.length > 0) return;
  const release = (old: KubernetesObject): KubernetesObject => {
    const spec = objectAt(old["spec"]);
    return {
      ...old,
      spec: {
        ...spec,
        finalizers: list(spec["finalizers"])
          .map(String)
          .filter((one) => one !== "kubernetes"),
      },
    };
  };
  api.modify(keyOf(api, namespace), release, { subresource: "finalize" });
}

/** Deletes everything, pods with their grace, and says what is still there. */
function deleteContent({ api }: Cluster, namespace: string): readonly Remaining[] {
  const types = api.types.all().filter(({ namespaced, verbs }) => namespaced && verbs.includes("delete") && verbs.includes("list"));
  for (const type of types) {
    for (const object of api.list(type, { namespace }))
      if (!isDeleting(object)) api.delete({ type, namespace, name: object.metadata.name }, { propagationPolicy: "Background" });
  }
  // Counted afterwards, as one kind's end may take others along.
  return types.flatMap((type) => {
    const objects = api.list(type, { namespace });
    const finalizers = objects.map(finalizersOf);
    return objects.length === 0 ? [] : [{ resource: `${type.plural}.${type.group}`, count: objects.length, finalizers }];
  });
}
