import { isJsonObject, type Json, type JsonObject } from "../core/contract/json.ts";
import type { ClusterHealth, HealthCount, UnhealthyObject } from "./run.ts";

/** meta/clusterhealth.json as Sonobuoy writes it; what is missing or of a wrong type is left out. */
export function parseClusterHealth(value: JsonObject): ClusterHealth {
  const nodes = parseHealthCount(value["node_health"], "total_nodes");
  const pods = parseHealthCount(value["pod_health"], "total_pods");
  return {
    ...(typeof value["api_version"] === "string" ? { apiVersion: value["api_version"] } : {}),
    ...(nodes === undefined ? {} : { nodes }),
    ...(pods === undefined ? {} : { pods }),
    errorSummary: parseErrorSummary(value["error_summary"]),
  };
}

/** Sonobuoy counts pods under the field names of nodes; the other name is for who would mend that. */
function parseHealthCount(value: Json | undefined, totalField: string): HealthCount | undefined {
  if (!isJsonObject(value)) return undefined;
  const total = value["total_nodes"] ?? value[totalField];
  const healthy = value["healthy_nodes"] ?? value[totalField.replace("total", "healthy")];
  if (typeof total !== "number" || typeof healthy !== "number") return undefined;
  const details = Array.isArray(value["details"]) ? value["details"].filter(isJsonObject) : [];
  const unhealthy = details.filter((detail) => detail["healthy"] !== true).map(parseUnhealthy);
  return { total, healthy, unhealthy: unhealthy.toSorted((a, b) => compare(a.namespace, b.namespace) || compare(a.name, b.name)) };
}

const parseUnhealthy = (detail: JsonObject): UnhealthyObject => ({
  name: textOf(detail["name"]),
  namespace: textOf(detail["namespace"]),
  ready: textOf(detail["ready"]),
  reason: textOf(detail["reason"]),
  message: textOf(detail["message"]),
});

function parseErrorSummary(value: Json | undefined): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const summary = new Map<string, ReadonlyMap<string, number>>();
  for (const [kind, files] of isJsonObject(value) ? Object.entries(value) : []) {
    if (!isJsonObject(files)) continue;
    const counts = Object.entries(files).filter((entry): entry is [string, number] => typeof entry[1] === "number");
    summary.set(kind, new Map(counts.toSorted((a, b) => b[1] - a[1] || compare(a[0], b[0]))));
  }
  return summary;
}

const textOf = (value: Json | undefined): string => (typeof value === "string" ? value : typeof value === "boolean" ? String(value) : "");
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
