import type { KubernetesObject } from "../contract/kubernetes-object.ts";
import { isJsonObject } from "../contract/json.ts";
import { isNodeReady } from "../kubernetes/node-conditions.ts";
import { parsePodView } from "../kubernetes/pod-view.ts";

/** meta/clusterhealth.json in Sonobuoy's field names; `details` lists what is not healthy only, and of that a thousand at most. */
export type ClusterHealth = {
  readonly node_health: Health;
  readonly pod_health: Health;
  readonly api_version: string;
  readonly error_summary: Readonly<Record<string, never>>;
};
export type HealthTally = { count(kind: string, object: KubernetesObject): void; read(apiVersion: string): ClusterHealth };
type Health = { total_nodes: number; healthy_nodes: number; readonly details: HealthDetail[] };
type HealthDetail = {
  readonly name: string;
  readonly healthy: boolean;
  readonly ready: string;
  readonly reason: string;
  readonly message: string;
  readonly namespace: string;
};

/** Counts nodes and pods as they pass by. A pod counts as healthy when it runs with no container waiting, or has succeeded. */
export function createHealthTally(): HealthTally {
  const node_health: Health = { total_nodes: 0, healthy_nodes: 0, details: [] };
  const pod_health: Health = { total_nodes: 0, healthy_nodes: 0, details: [] };
  return {
    count(kind, object) {
      if (kind === "Node") add(node_health, isNodeReady(object), () => describeNode(object));
      if (kind !== "Pod") return;
      const pod = parsePodView(object);
      const waiting = pod.containers.find(({ state }) => state === "waiting");
      const isHealthy = pod.phase === "Succeeded" || (pod.phase === "Running" && !waiting);
      add(pod_health, isHealthy, () => ({
        name: pod.name,
        healthy: false,
        ready: pod.conditions.find(({ type }) => type === "Ready")?.status ?? "Unknown",
        reason: waiting?.reason || (pod.reason ?? pod.phase),
        message: waiting?.message || (pod.message ?? ""),
        namespace: object.metadata.namespace ?? "",
      }));
    },
    read: (apiVersion) => ({ node_health, pod_health, api_version: apiVersion, error_summary: {} }),
  };
}

function add(health: Health, isHealthy: boolean, describe: () => HealthDetail): void {
  health.total_nodes += 1;
  if (isHealthy) health.healthy_nodes += 1;
  else if (health.details.length < mostDetails) health.details.push(describe());
}

/** Where nothing runs any more, every pod would be in it a second time. */
const mostDetails = 1000;

function describeNode({ metadata, status }: KubernetesObject): HealthDetail {
  const conditions = isJsonObject(status) && Array.isArray(status["conditions"]) ? status["conditions"].filter(isJsonObject) : [];
  const ready = conditions.find((condition) => condition["type"] === "Ready");
  const read = (key: string, otherwise: string): string => (typeof ready?.[key] === "string" ? ready[key] : otherwise);
  return { name: metadata.name, healthy: false, ready: read("status", "Unknown"), reason: read("reason", ""), message: read("message", ""), namespace: "" };
}
