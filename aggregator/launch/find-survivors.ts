import type { Cluster } from "../../core/cluster/cluster.ts";
import type { JsonObject } from "../../core/contract/json.ts";
import { isJsonObject } from "../../core/contract/json.ts";
import type { KubernetesObject, OwnerReference } from "../../core/contract/kubernetes-object.ts";
import { annotations, labels } from "../../core/contract/names.ts";
import type { RunSpec } from "../../core/contract/run-spec.ts";
import { parsePodView } from "../../core/kubernetes/pod-view.ts";
import type { SeenPod } from "../watch/pod-watch.ts";
import type { Launched } from "./launch.ts";
import { objectName } from "./launch.ts";

/** What an earlier life of the run's aggregator made for a result and is still there. */
export type Survivor = {
  readonly plugin: string;
  readonly node: string;
  readonly tries: number;
  readonly launched: Launched;
  readonly madeAt: Date;
  /** A Job that has ended and whose pod is gone: nothing can come of it any more. */
  readonly isSpent: boolean;
};

/** All that is there, and the pods as they are now. */
export type Survivors = { readonly made: readonly Survivor[]; readonly pods: readonly SeenPod[] };

/** The run's Jobs, and its pods that belong to no Job; of a Job that was made twice the second. What is being deleted is not one of them. */
export async function findSurvivors(cluster: Cluster, spec: RunSpec, signal: AbortSignal): Promise<Survivors> {
  const listAll = async (apiVersion: string, kind: string): Promise<readonly KubernetesObject[]> => {
    const found: KubernetesObject[] = [];
    const labelSelector = `${labels.run}=${spec.runId},${labels.role}=plugin`;
    for await (const page of cluster.list({ apiVersion, kind, namespace: spec.namespace, labelSelector, signal })) found.push(...page);
    return found.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  };
  const [pods, jobs] = await Promise.all([listAll("v1", "Pod"), listAll("batch/v1", "Job")]);
  const owners = new Set(pods.map(({ metadata }) => metadata.ownerReferences?.find(isController)?.uid));
  const survivors = new Map<string, Survivor>();
  for (const [kind, object] of [...jobs.map((job) => ["Job", job] as const), ...pods.filter(isOnItsOwn).map((pod) => ["Pod", pod] as const)]) {
    const survivor = readSurvivor(kind, object, kind === "Job" && hasEnded(object) && !owners.has(object.metadata.uid));
    const key = `${survivor.plugin} ${survivor.node}`;
    if (survivor.tries > (survivors.get(key)?.tries ?? 0)) survivors.set(key, survivor);
  }
  const seen = pods.map((pod) => ({ view: parsePodView(pod), controllerUid: pod.metadata.ownerReferences?.find(isController)?.uid, gone: false }));
  return { made: [...survivors.values()], pods: seen };
}

function readSurvivor(kind: Launched["kind"], { metadata }: KubernetesObject, isSpent: boolean): Survivor {
  const { name, uid = "" } = metadata;
  const [plugin, node] = [metadata.labels?.[labels.plugin] ?? "", metadata.annotations?.[annotations.node] ?? ""];
  const tries = name === objectName({ plugin, node, tries: 2 }) ? 2 : 1;
  return { plugin, node, tries, launched: { kind, name, uid }, madeAt: new Date(metadata.creationTimestamp ?? Date.now()), isSpent };
}

const isOnItsOwn = ({ metadata }: KubernetesObject): boolean => metadata.ownerReferences?.some(({ kind }) => kind === "Job") !== true;
const isController = ({ controller }: OwnerReference): boolean => controller === true;

function hasEnded({ status }: KubernetesObject): boolean {
  const conditions = isJsonObject(status) && Array.isArray(status["conditions"]) ? status["conditions"].filter(isJsonObject) : [];
  return conditions.some(({ type, status: is }: JsonObject) => (type === "Complete" || type === "Failed") && is === "True");
}
