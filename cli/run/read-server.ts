import type { Cluster } from "../../core/cluster/cluster.ts";
import { isJsonObject, type Json, type JsonObject } from "../../core/contract/json.ts";
import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import { KnownError } from "../../core/contract/known-error.ts";
import { objectNames } from "../../core/contract/names.ts";
import { readJson } from "../read-json.ts";
import type { ServedResources } from "./build/read-rules.ts";
import { runExists, terminating } from "./run-exists.ts";

/** What a plan needs to know of the cluster. */
export type ServerFacts = {
  /** E.g. v1.36.3. */
  readonly version: string;
  readonly served: ServedResources;
  readonly namespace: KubernetesObject | undefined;
};

/** Asks the API server before anything is made; KnownError "run-exists" when the namespace has a run or is going away. */
export async function readServer(cluster: Cluster, namespace: string, signal: AbortSignal): Promise<ServerFacts> {
  const [api, found, lock] = await Promise.all([
    readApi(cluster, signal),
    cluster.find({ apiVersion: "v1", kind: "Namespace", name: namespace }, signal),
    cluster.find({ apiVersion: "v1", kind: "ConfigMap", name: objectNames.runConfigMap, namespace }, signal),
  ]);
  if (found?.metadata.deletionTimestamp !== undefined) throw terminating(namespace);
  if (lock !== undefined) throw runExists(lock);
  return { ...api, namespace: found };
}

/** What the API server says of itself: its version and what it serves. */
export async function readApi(cluster: Cluster, signal: AbortSignal): Promise<Pick<ServerFacts, "version" | "served">> {
  const [version, core, groups] = await Promise.all([
    readServerVersion(cluster, signal),
    readJson(cluster, { path: "/api/v1", what: "the list of resources", signal }),
    readJson(cluster, { path: "/apis", what: "the list of API groups", signal }),
  ]);
  return { version, served: { core: namesIn(core["resources"]), groups: namesIn(groups["groups"]) } };
}

/** The version of the API server as it says it. */
export async function readServerVersion(cluster: Cluster, signal?: AbortSignal): Promise<string> {
  const { gitVersion } = await readJson(cluster, { path: "/version", what: "the server's version", ...(signal && { signal }) });
  if (typeof gitVersion !== "string")
    throw new KnownError("cluster-refused", `${cluster.server} does not say its version.`, { hint: "Does the kubeconfig name a Kubernetes API server?" });
  return gitVersion;
}

const namesIn = (list: Json | undefined): readonly string[] =>
  (Array.isArray(list) ? list.filter(isJsonObject) : []).map((each: JsonObject) => each["name"]).filter((name) => typeof name === "string");
