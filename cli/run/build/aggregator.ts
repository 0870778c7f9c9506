import type { JsonObject } from "../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { containerNames, imageUser, labels, objectNames, podPaths, ports } from "../../../core/contract/names.ts";
import type { RunSpec } from "../../../core/contract/run-spec.ts";
import { setVariable } from "../../plugins/override.ts";
import type { RunSetup } from "../plan.ts";
import { buildMetadata, buildRunLabels } from "./metadata.ts";

/** The aggregator's Deployment of one replica, never two at a time (design D5), within Pod Security's `restricted`. */
export const buildDeployment = (spec: RunSpec, settings: AggregatorSettings): KubernetesObject => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: buildMetadata(spec, objectNames.aggregator),
  spec: {
    replicas: 1,
    revisionHistoryLimit: 0,
    strategy: { type: "Recreate" },
    selector: { matchLabels: buildSelector(spec) },
    template: {
      metadata: {
        labels: { ...buildRunLabels(spec), ...buildSelector(spec), [labels.sonobuoyRole]: "aggregator" },
        annotations: { "cluster-autoscaler.kubernetes.io/safe-to-evict": "false", ...spec.podAnnotations },
      },
      spec: buildPodSpec(spec, settings),
    },
  },
});

/** The address that workers try first; it must lead to the aggregator before any probe has spoken. */
export const buildService = (spec: RunSpec): KubernetesObject => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: buildMetadata(spec, objectNames.service),
  spec: {
    ipFamilyPolicy: "PreferDualStack",
    publishNotReadyAddresses: true,
    selector: buildSelector(spec),
    ports: [{ name: "https", port: ports.aggregator, targetPort: ports.aggregator, protocol: "TCP" }],
  },
});

/** Whoever holds it is the run's only aggregator; made here, so that the aggregator needs no right to make any. */
export const buildLease = (spec: RunSpec): KubernetesObject => ({
  apiVersion: "coordination.k8s.io/v1",
  kind: "Lease",
  metadata: buildMetadata(spec, objectNames.lease),
});

const buildSelector = ({ runId }: RunSpec): Record<string, string> => ({ [labels.run]: runId, [labels.role]: "aggregator" });

type AggregatorSettings = RunSetup["aggregator"];

const buildPodSpec = (spec: RunSpec, settings: AggregatorSettings): JsonObject => ({
  serviceAccountName: objectNames.aggregator,
  automountServiceAccountToken: true,
  ...(spec.priorityClass !== undefined && { priorityClassName: spec.priorityClass }),
  terminationGracePeriodSeconds: 30,
  ...(spec.imagePullSecrets !== undefined && { imagePullSecrets: spec.imagePullSecrets.map((name) => ({ name })) }),
  nodeSelector: { ...(settings.nodeSelector ?? spec.nodeSelector), "kubernetes.io/os": "linux" },
  // Of several that fit a taint the first says how long the pod may stay.
  tolerations: [...lostNodeTolerations, ...(spec.tolerations ?? [])],
  ...(spec.securityContextMode !== "none" && { securityContext: podSecurityContext }),
  containers: [settings.variables.reduce(setVariable, buildContainer(spec, settings))],
  volumes: [
    { name: "run", configMap: { name: objectNames.runConfigMap } },
    { name: "plugins", projected: { sources: spec.plugins.map(buildPluginSource) } },
    { name: "work", ...(settings.storage === undefined ? { emptyDir: {} } : { persistentVolumeClaim: { claimName: objectNames.volumeClaim } }) },
    { name: "tmp", emptyDir: {} },
  ],
});

/** A lost node may cost a minute, and Kubernetes alone would wait for five. */
const lostNodeTolerations: readonly JsonObject[] = ["not-ready", "unreachable"].map((state) => ({
  key: `node.kubernetes.io/${state}`,
  operator: "Exists",
  effect: "NoExecute",
  tolerationSeconds: 10,
}));

const podSecurityContext: JsonObject = {
  runAsNonRoot: true,
  runAsUser: imageUser,
  runAsGroup: imageUser,
  fsGroup: imageUser,
  seccompProfile: { type: "RuntimeDefault" },
};
const containerSecurityContext: JsonObject = { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } };

const buildContainer = (spec: RunSpec, settings: AggregatorSettings): JsonObject => ({
  name: containerNames.aggregator,
  image: spec.image,
  imagePullPolicy: spec.imagePullPolicy,
  // Uploads make garbage faster than they make objects; a heap that grows in small steps stays half as large.
  command: ["/nodejs/bin/node", "--max-semi-space-size=1", "--heap-growing-percent=20", "--expose-gc", "/asdic/aggregator/main.js"],
  env: [
    // glibc keeps a heap for each thread otherwise, and gives none of them back.
    { name: "MALLOC_ARENA_MAX", value: "2" },
    // What a connection reads comes in pieces of 16 KiB and more: each goes back to the system when it is freed.
    { name: "MALLOC_MMAP_THRESHOLD_", value: "16384" },
    { name: "MALLOC_TRIM_THRESHOLD_", value: "65536" },
    fromPod("POD_NAME", "metadata.name"),
    fromPod("POD_NAMESPACE", "metadata.namespace"),
    fromPod("POD_IP", "status.podIP"),
    fromPod("POD_IPS", "status.podIPs"),
  ],
  ports: [{ name: "https", containerPort: ports.aggregator, protocol: "TCP" }],
  resources: settings.resources,
  ...(spec.securityContextMode !== "none" && { securityContext: containerSecurityContext }),
  terminationMessagePolicy: "FallbackToLogsOnError",
  volumeMounts: [
    { name: "run", mountPath: podPaths.runSpec, readOnly: true },
    { name: "plugins", mountPath: podPaths.plugins, readOnly: true },
    { name: "work", mountPath: podPaths.work },
    { name: "tmp", mountPath: "/tmp" },
  ],
});

const buildPluginSource = (plugin: string): JsonObject => ({
  configMap: { name: objectNames.pluginConfigMap(plugin), items: [{ key: "definition.json", path: `${plugin}/definition.json` }] },
});

const fromPod = (name: string, fieldPath: string): JsonObject => ({ name, valueFrom: { fieldRef: { fieldPath } } });
