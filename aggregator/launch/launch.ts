import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Cluster } from "../../core/cluster/cluster.ts";
import { clusterFailure } from "../../core/cluster/failure.ts";
import { isKnownError } from "../../core/contract/known-error.ts";
import type { KubernetesObject, OwnerReference } from "../../core/contract/kubernetes-object.ts";
import { labels } from "../../core/contract/names.ts";
import type { Refusal } from "../causes/cause.ts";
import type { ExpectedResult } from "../state/expected-results.ts";
import { buildPluginPod } from "./plugin-pod.ts";
import type { PluginPodInput } from "./plugin-pod.ts";

/** What was made for a result: `uid` is the pod's (DaemonSet) or the Job's, whose pods then belong to the result. */
export type Launched = { readonly kind: "Pod" | "Job"; readonly name: string; readonly uid: string };

const retryMilliseconds = 2000;

/** Creates the pod or Job of one result, or adopts the one that an earlier life of this aggregator made; or says how it was refused. */
export async function launch(cluster: Cluster, input: Input, signal: AbortSignal): Promise<Launched | { readonly refusal: Refusal }> {
  const object = input.definition.driver === "Job" ? buildJob(input) : buildPod(input);
  for (;;)
    try {
      // A Job is accepted even if its pods are refused, which only its events would tell; so ask for the pod first.
      if (input.definition.driver === "Job") await cluster.create(buildPod(input), { dryRun: true, signal });
      const created = await createOrAdopt(cluster, object, signal);
      if (created.metadata.labels?.[labels.run] !== input.spec.runId || created.metadata.uid === undefined) return { refusal: foreignObject(object) };
      return { kind: input.definition.driver === "Job" ? "Job" : "Pod", name: created.metadata.name, uid: created.metadata.uid };
    } catch (error) {
      if (!isKnownError(error)) throw error;
      if (error.code !== "cluster-unreachable") return { refusal: readRefusal(error) };
      // An API server that restarts has refused nothing; the plugin's own time-out bounds the wait.
      await sleep(retryMilliseconds, undefined, { signal });
    }
}

/** Name of a result's pod or Job: readable, unique and the same in every life of the aggregator. */
export function objectName({ plugin, node, tries = 1 }: Pick<ExpectedResult, "plugin" | "node" | "tries">): string {
  const hash = createHash("sha256").update(`${plugin}/${node}`).digest("hex").slice(0, 8);
  return `asdic-${plugin.replaceAll(".", "-").slice(0, 30).replace(/-+$/, "")}-${hash}${tries > 1 ? `-${tries}` : ""}`;
}

/** `tries` counts those before it and this one. */
type Input = PluginPodInput & { readonly owner: OwnerReference; readonly tries: number };

function buildPod(input: Input): KubernetesObject {
  const { metadata, spec } = buildPluginPod(input);
  return { apiVersion: "v1", kind: "Pod", metadata: { ...metadata, ...placeOf(input), ownerReferences: [input.owner] }, spec };
}

function buildJob(input: Input): KubernetesObject {
  const template = buildPluginPod(input);
  return {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { ...template.metadata, ...placeOf(input), ownerReferences: [input.owner] },
    spec: { backoffLimit: 0, completions: 1, parallelism: 1, template },
  };
}

const placeOf = ({ definition, node, spec, tries }: Input): { readonly name: string; readonly namespace: string } => ({
  name: objectName({ plugin: definition.name, node, tries }),
  namespace: spec.namespace,
});

async function createOrAdopt(cluster: Cluster, object: KubernetesObject, signal: AbortSignal): Promise<KubernetesObject> {
  try {
    return await cluster.create(object, { signal });
  } catch (error) {
    if (clusterFailure(error)?.reason !== "AlreadyExists") throw error;
    const { apiVersion = "", kind = "", metadata } = object;
    return cluster.get({ apiVersion, kind, name: metadata.name, ...(metadata.namespace !== undefined && { namespace: metadata.namespace }) }, signal);
  }
}

const foreignObject = ({ kind, metadata }: KubernetesObject): Refusal => ({
  status: 409,
  reason: "AlreadyExists",
  message: `${kind} ${metadata.name} exists already and belongs to no one or to another run`,
});

const readRefusal = (error: Error): Refusal => clusterFailure(error) ?? { status: 0, reason: "", message: error.message };
