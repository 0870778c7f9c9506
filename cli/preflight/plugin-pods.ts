import { defaultPodSpec } from "../../core/contract/default-pod-spec.ts";
import { fillImage } from "../../core/contract/fill-image.ts";
import { isJsonObject, type Json, type JsonObject } from "../../core/contract/json.ts";
import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import { containerNames, labels } from "../../core/contract/names.ts";
import type { PluginDefinition } from "../../core/contract/plugin-definition.ts";
import type { RunSpec } from "../../core/contract/run-spec.ts";
import { workerResources } from "../../core/contract/worker-resources.ts";
import { buildRunLabels } from "../run/build/metadata.ts";

/** The pod spec of the aggregator's Deployment. */
export const aggregatorPodSpec = ({ spec }: KubernetesObject): JsonObject => objectAt(objectAt(objectAt(spec)["template"])["spec"]);

/** A plugin's pod spec as its file says it, or as it is without one. */
export const pluginPodSpec = (definition: PluginDefinition, spec: RunSpec): JsonObject => definition.podSpec ?? defaultPodSpec(definition, spec);

/** All containers of a plugin's pod but the worker, their images by their full names. */
export function pluginContainers(definition: PluginDefinition, spec: RunSpec): readonly JsonObject[] {
  const base = pluginPodSpec(definition, spec);
  return [...listOf(base["initContainers"]), ...listOf(base["containers"]), nameContainer(definition)].map((container) =>
    typeof container["image"] === "string" ? { ...container, image: fillImage(container["image"], spec) } : container,
  );
}

/** A plugin's name may hold dots, a container's may not. */
const nameContainer = ({ name, container }: PluginDefinition): JsonObject => ({
  ...container,
  name: (typeof container["name"] === "string" ? container["name"] : name).replaceAll(".", "-"),
});

/** The aggregator's pod as its Deployment would make it, with the namespace's account in place of the one that is still to be made. */
export function buildTriedAggregator(deployment: KubernetesObject, { namespace }: RunSpec): KubernetesObject {
  const { serviceAccountName: _, ...podSpec } = aggregatorPodSpec(deployment);
  const metadata = objectAt(objectAt(objectAt(deployment["spec"])["template"])["metadata"]);
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { ...metadata, name: triedName, namespace },
    spec: { ...podSpec, automountServiceAccountToken: false },
  };
}

/** Nothing is made of it. */
const triedName = "asdic-preflight";

/**
 * A pod that quotas, Pod Security and webhooks judge as they will judge the plugin's: the aggregator, which makes that one, is not there
 * to be asked. Its account doesn't exist yet, so the namespace's own stands for it.
 */
export function buildTriedPod(definition: PluginDefinition, spec: RunSpec): KubernetesObject {
  const { serviceAccountName: _, serviceAccount: __, ...base } = pluginPodSpec(definition, spec);
  const initCount = listOf(base["initContainers"]).length;
  const containers = pluginContainers(definition, spec);
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name: triedName,
      namespace: spec.namespace,
      // Webhooks and policies choose by labels.
      labels: {
        ...buildRunLabels(spec),
        [labels.plugin]: definition.name,
        [labels.role]: "plugin",
        [labels.sonobuoyRole]: "plugin",
        [labels.sonobuoyPlugin]: definition.name,
      },
      ...(spec.podAnnotations !== undefined && { annotations: spec.podAnnotations }),
    },
    spec: {
      ...(spec.priorityClass !== undefined && { priorityClassName: spec.priorityClass }),
      ...base,
      automountServiceAccountToken: false,
      restartPolicy: "Never",
      ...(initCount > 0 && { initContainers: containers.slice(0, initCount) }),
      containers: [...containers.slice(initCount), buildStandIn(spec)].map(withoutMounts),
      volumes: [...listOf(base["volumes"]), ...definition.extraVolumes],
    },
  };
}

/** What quotas count of the worker; it never asks Pod Security for more than its plugin. */
const buildStandIn = (spec: RunSpec): JsonObject => ({
  name: containerNames.worker,
  image: spec.image,
  resources: workerResources,
  ...(spec.securityContextMode === undefined && { securityContext: harmless }),
});
const harmless = { runAsNonRoot: true, allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] }, seccompProfile: { type: "RuntimeDefault" } };

/** Some name volumes that only the aggregator adds. */
const withoutMounts = (container: JsonObject): JsonObject => Object.fromEntries(Object.entries(container).filter(([key]) => key !== "volumeMounts"));

const objectAt = (value: Json | undefined): JsonObject => (isJsonObject(value) ? value : {});
const listOf = (value: Json | undefined): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isJsonObject) : []);
