import type { Json, JsonObject } from "../../core/contract/json.ts";
import { isJsonObject } from "../../core/contract/json.ts";
import { defaultPodSpec } from "../../core/contract/default-pod-spec.ts";
import { fillImage } from "../../core/contract/fill-image.ts";
import { annotations, globalNode, labels, objectNames, podPaths } from "../../core/contract/names.ts";
import type { PluginDefinition } from "../../core/contract/plugin-definition.ts";
import type { RunSpec } from "../../core/contract/run-spec.ts";
import type { WorkerSettings } from "../../core/contract/worker-wire.ts";
import { addInputs } from "./add-inputs.ts";
import { addSecrets } from "./add-secrets.ts";
import { leavesOnceAccepted } from "./leaves-once-accepted.ts";
import { nodeTolerations } from "./judge-node.ts";
import { addEnvironment, resultsDir } from "./plugin-environment.ts";
import { buildTokenVolume, buildWorkerContainer, buildWorkerSecurity } from "./worker-container.ts";

export type PluginPodInput = {
  readonly spec: RunSpec;
  readonly definition: PluginDefinition;
  /** A node's name, or "global" for a Job plugin. */
  readonly node: string;
  readonly progressPort: number;
  readonly settings: Pick<WorkerSettings, "aggregatorUrls" | "ca" | "deadlineSeconds">;
};

/** Metadata and spec of a plugin's pod: what its file says, plus environment, results volume and worker, what it needs and its secrets; never less. */
export function buildPluginPod(input: PluginPodInput): PluginPod {
  const { definition } = input;
  const { metadata, spec } = buildPodWithWorker(input);
  return { metadata, spec: addSecrets(addInputs(spec, definition), definition, pluginContainerName(definition)) };
}

type PluginPod = { readonly metadata: JsonObject; readonly spec: JsonObject };

function buildPodWithWorker(input: PluginPodInput): PluginPod {
  const { definition, spec, node } = input;
  const base = useAccount(definition.podSpec ?? defaultPodSpec(definition, spec), spec);
  const sidecars = readList(base["containers"]);
  const plugin = { ...definition.container, name: pluginContainerName(definition) };
  const worker = buildWorkerContainer({
    spec,
    securityContext: spec.securityContextMode === "none" ? undefined : buildWorkerSecurity(base, plugin),
    settings: {
      ...input.settings,
      tokenFile: podPaths.workerToken,
      plugin: definition.name,
      node,
      resultsDir: resultsDir(definition),
      progressPort: input.progressPort,
      settleSeconds: settleSeconds(definition),
      redaction: redactionOf(spec),
      ...(leavesOnceAccepted(spec, definition) && { leaves: true }),
    },
  });
  const equip = (container: JsonObject): JsonObject =>
    keepLastWords(addMounts(addEnvironment(fillContainerImage(container, spec), definition, input), definition));
  return {
    metadata: {
      labels: buildLabels(spec, definition),
      annotations: {
        [annotations.node]: node,
        "sonobuoy-driver": definition.driver,
        "sonobuoy-plugin": definition.name,
        "kubectl.kubernetes.io/default-container": plugin.name,
        ...spec.podAnnotations,
      },
    },
    spec: {
      ...(spec.priorityClass !== undefined && { priorityClassName: spec.priorityClass }),
      ...base,
      ...(spec.imagePullSecrets !== undefined && { imagePullSecrets: addPullSecrets(readList(base["imagePullSecrets"]), spec.imagePullSecrets) }),
      ...(definition.dialect === "asdic/v1" && {
        serviceAccountName: objectNames.pluginAccount(definition.name),
        automountServiceAccountToken: definition.permissions !== undefined,
      }),
      // A pod that restarts its plugin by itself would write results over those being sent.
      restartPolicy: "Never",
      ...(node === globalNode
        ? { nodeSelector: { ...(isJsonObject(base["nodeSelector"]) ? base["nodeSelector"] : {}), ...spec.nodeSelector } }
        : { affinity: pinToNode(base["affinity"], node), tolerations: nodeTolerations(base) }),
      ...(Array.isArray(base["initContainers"]) && { initContainers: readList(base["initContainers"]).map(keepLastWords) }),
      containers: [...[...sidecars, plugin].map(equip), keepLastWords(worker)],
      volumes: [
        ...withoutVolume(readList(base["volumes"]), "results"),
        ...definition.extraVolumes,
        { name: "results", emptyDir: {} },
        buildTokenVolume(spec),
        ...(hasFiles(definition) ? [{ name: filesVolumeName, configMap: { name: objectNames.pluginFilesConfigMap(definition.name) } }] : []),
      ],
    },
  };
}

/** Files that were made for Sonobuoy often name its account, which may be called otherwise in this run. */
const useAccount = (podSpec: JsonObject, { serviceAccount }: RunSpec): JsonObject =>
  serviceAccount !== undefined && podSpec["serviceAccountName"] === objectNames.sonobuoyAccount ? { ...podSpec, serviceAccountName: serviceAccount } : podSpec;

const addPullSecrets = (own: readonly JsonObject[], names: readonly string[]): readonly JsonObject[] => [
  ...own,
  ...names.filter((name) => own.every((secret) => secret["name"] !== name)).map((name) => ({ name })),
];

/** The name of the plugin's own container; a plugin's name may hold dots, a container's may not. */
export const pluginContainerName = ({ name, container }: PluginDefinition): string =>
  (typeof container["name"] === "string" ? container["name"] : name).replaceAll(".", "-");

/** Labels of everything that a plugin starts: ours, and Sonobuoy's beside them. */
const buildLabels = (spec: RunSpec, definition: PluginDefinition): Record<string, string> => ({
  [labels.run]: spec.runId,
  [labels.plugin]: definition.name,
  [labels.role]: "plugin",
  [labels.sonobuoyComponent]: "sonobuoy",
  [labels.sonobuoyRole]: "plugin",
  [labels.sonobuoyPlugin]: definition.name,
  [labels.sonobuoyRun]: spec.runId,
  tier: "analysis",
});

const fillContainerImage = (container: JsonObject, spec: RunSpec): JsonObject =>
  typeof container["image"] === "string" ? { ...container, image: fillImage(container["image"], spec) } : container;

/** The end of a failed container's log goes into the pod's status, where it can be read however the pod or its node ends. */
const keepLastWords = (container: JsonObject): JsonObject => ({ terminationMessagePolicy: "FallbackToLogsOnError", ...container });

/** The results folder is the same path in every container, whatever the file says, because the done file names paths in it. */
function addMounts(container: JsonObject, definition: PluginDefinition): JsonObject {
  const others = readList(container["volumeMounts"]).filter((mount) => mount["name"] !== "results");
  const files = hasFiles(definition) ? [{ name: filesVolumeName, mountPath: podPaths.config }] : [];
  return { ...container, volumeMounts: [...others, { name: "results", mountPath: resultsDir(definition) }, ...files] };
}

/** Required node affinity for exactly this node; other affinity rules of the file were used to choose the node. */
const pinToNode = (affinity: Json | undefined, node: string): JsonObject => ({
  ...(isJsonObject(affinity) ? affinity : {}),
  nodeAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields: [{ key: "metadata.name", operator: "In", values: [node] }] }] },
  },
});

/** Rules and keys are too much, or too secret, for a pod's object. */
const redactionOf = ({ redaction }: RunSpec): WorkerSettings["redaction"] =>
  redaction === false ? "nothing" : redaction.privacy === "off" && redaction.rules === undefined ? "built-in" : "asked-for";

/** Sonobuoy's five seconds, or the Go duration in SONOBUOY_DONE_FILE_DELAY; a post-processor may take `done` back meanwhile. */
function settleSeconds({ container }: PluginDefinition): number {
  const value = readList(container["env"]).find((variable) => variable["name"] === "SONOBUOY_DONE_FILE_DELAY")?.["value"];
  if (typeof value !== "string") return 5;
  const units: Record<string, number> = { ms: 0.001, s: 1, m: 60, h: 3600 };
  const parts = [...value.matchAll(/([0-9.]+)(ms|s|m|h)/g)];
  return parts.length === 0 ? 5 : parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (units[unit ?? ""] ?? 0), 0);
}

const filesVolumeName = "asdic-plugin-files";
const hasFiles = (definition: PluginDefinition): boolean => Object.keys(definition.configMap).length > 0;
const readList = (value: Json | undefined): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isJsonObject) : []);
const withoutVolume = (volumes: readonly JsonObject[], name: string): readonly JsonObject[] => volumes.filter((volume) => volume["name"] !== name);
