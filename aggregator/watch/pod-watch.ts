import type { Cluster } from "../../core/cluster/cluster.ts";
import { isJsonObject } from "../../core/contract/json.ts";
import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import { labels } from "../../core/contract/names.ts";
import type { RunSpec } from "../../core/contract/run-spec.ts";
import type { PodView } from "../../core/kubernetes/pod-view.ts";
import { parsePodView } from "../../core/kubernetes/pod-view.ts";

/** A pod of the run as last seen; `gone` once the API server has it no more. */
export type SeenPod = { readonly view: PodView; readonly controllerUid: string | undefined; readonly gone: boolean };

/** Follows the run's plugin pods and calls back at each change, until the signal aborts; rejects when pods can't be read. */
export async function watchPods(
  cluster: Cluster,
  input: { readonly spec: RunSpec; readonly signal: AbortSignal; readonly onPod: (pod: SeenPod) => void },
): Promise<void> {
  const { namespace, runId } = input.spec;
  const labelSelector = `${labels.run}=${runId},${labels.role}=plugin`;
  for await (const event of cluster.watch({ apiVersion: "v1", kind: "Pod", namespace, labelSelector, reduce: reducePod, signal: input.signal }))
    if (event.type !== "synced") input.onPod({ view: parsePodView(event.object), controllerUid: controllerOf(event.object), gone: event.type === "gone" });
}

/** What is read of a pod; its spec is our own, and most of its bytes. */
function reducePod({ metadata: { annotations: _annotations, labels: _labels, ...metadata }, spec, status }: KubernetesObject): KubernetesObject {
  return { metadata, spec: { nodeName: isJsonObject(spec) ? spec["nodeName"] : undefined }, ...(status !== undefined && { status }) };
}

const controllerOf = ({ metadata }: KubernetesObject): string | undefined => metadata.ownerReferences?.find(({ controller }) => controller === true)?.uid;
