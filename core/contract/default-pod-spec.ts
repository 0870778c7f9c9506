import type { JsonObject } from "./json.ts";
import { objectNames } from "./names.ts";
import type { PluginDefinition } from "./plugin-definition.ts";
import type { RunSpec } from "./run-spec.ts";

/** What of a run decides about the pod of a plugin whose file leaves it open. */
export type PodSpecDefaults = Pick<RunSpec, "serviceAccount" | "tolerations">;

/** The pod spec of a plugin whose file has none: Sonobuoy's own for its files (reference §2.2), nothing of the host for ours. */
export function defaultPodSpec({ dialect, driver }: Pick<PluginDefinition, "dialect" | "driver">, run: PodSpecDefaults = {}): JsonObject {
  const tolerations = driver === "Job" ? [...jobTolerations, ...(run.tolerations ?? [])] : [{ operator: "Exists" }];
  const base = { nodeSelector: { "kubernetes.io/os": "linux" }, tolerations };
  if (dialect === "asdic/v1") return { ...base, ...restricted };
  const serviceAccountName = run.serviceAccount ?? objectNames.sonobuoyAccount;
  if (driver === "Job") return { ...base, serviceAccountName };
  return {
    ...base,
    serviceAccountName,
    hostNetwork: true,
    hostPID: true,
    hostIPC: true,
    dnsPolicy: "ClusterFirstWithHostNet",
    volumes: [{ name: "root", hostPath: { path: "/" } }],
  };
}

const restricted: JsonObject = { securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } } };

const jobTolerations: readonly JsonObject[] = [
  { key: "node-role.kubernetes.io/master", operator: "Exists", effect: "NoSchedule" },
  { key: "node-role.kubernetes.io/control-plane", operator: "Exists", effect: "NoSchedule" },
  { key: "CriticalAddonsOnly", operator: "Exists" },
  { key: "kubernetes.io/e2e-evict-taint-key", operator: "Exists" },
];
