import type { JsonObject } from "./json.ts";
import { objectNames } from "./names.ts";
import type { PluginDefinition } from "./plugin-definition.ts";

/** The pod spec of a plugin whose file has none: Sonobuoy's own for its files (reference §2.2), nothing of the host for ours. */
export function defaultPodSpec({ dialect, driver }: Pick<PluginDefinition, "dialect" | "driver">): JsonObject {
  const base = { nodeSelector: { "kubernetes.io/os": "linux" }, tolerations: driver === "Job" ? jobTolerations : [{ operator: "Exists" }] };
  if (dialect === "asdic/v1") return { ...base, ...restricted };
  if (driver === "Job") return { ...base, serviceAccountName: objectNames.sonobuoyAccount };
  return {
    ...base,
    serviceAccountName: objectNames.sonobuoyAccount,
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
