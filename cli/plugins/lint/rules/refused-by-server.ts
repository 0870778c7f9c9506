import { defaultPodSpec } from "../../../../core/contract/default-pod-spec.ts";
import { isJsonObject, type Json } from "../../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import type { DocumentProblem, PluginDefinition } from "../../../../core/contract/plugin-definition.ts";
import type { ResourceType } from "../../../../embedded/api/resource-type.ts";
import { createSchema } from "../../../../embedded/api/schema/schema.ts";
import { listOf } from "../../containers-of.ts";
import type { LintRule } from "../lint-rule.ts";
import { findShapeProblems } from "../pod-shape.ts";

/** Whatever else an API server would refuse the pod for, in its own words; the embedded cluster's checks are those of a real one. */
export const refusedByServer: LintRule = {
  code: "refused-by-server",
  severity: "error",
  find: ({ document, definition }) => {
    // What it can't read it doesn't judge.
    if (definition === undefined || findShapeProblems(document).some(({ kind }) => kind === "type")) return [];
    const schema = createSchema();
    const pod = schema.applyDefaults(podType, schema.decode(podType, buildPod(definition)));
    return schema.validate(podType, pod).map(({ field, message }) => ({
      path: pathOf(field, definition),
      message: `the API server would refuse the pod: ${message}`,
      remedy: "Change it as the message says.",
    }));
  },
};

const podType: ResourceType = {
  group: "",
  version: "v1",
  kind: "Pod",
  plural: "pods",
  singular: "pod",
  namespaced: true,
  shortNames: [],
  categories: [],
  subresources: [],
  verbs: [],
};

/** The plugin's pod as far as its file says it, its own container first. */
function buildPod(definition: PluginDefinition): KubernetesObject {
  const base = definition.podSpec ?? defaultPodSpec(definition);
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "plugin", namespace: "asdic" },
    spec: {
      ...base,
      restartPolicy: "Never",
      containers: [{ ...definition.container, name: containerName(definition) }, ...listOf(base["containers"])],
      volumes: [...listOf(base["volumes"]).filter(isNotResults), ...definition.extraVolumes, { name: "results", emptyDir: {} }],
    },
  };
}

/** As the aggregator names it: a plugin's name may hold dots, a container's may not. */
const containerName = ({ name, container }: PluginDefinition): string => String(container["name"] ?? name).replaceAll(".", "-");

const isNotResults = (volume: Json): boolean => !isJsonObject(volume) || volume["name"] !== "results";

/** `spec.containers[1].image` of that pod, in the file. */
function pathOf(field: string, { podSpec }: PluginDefinition): DocumentProblem["path"] {
  const [, ...steps] = [...field.matchAll(/\[(\d+)\]|[^.[\]]+/g)].map(([text, index]) => (index === undefined ? text : Number(index)));
  const [list, index, ...rest] = steps;
  if (typeof index !== "number") return podSpec === undefined ? [] : ["podSpec", ...steps];
  if (list === "containers") return index === 0 ? ["spec", ...rest] : ["podSpec", "containers", index - 1, ...rest];
  if (list !== "volumes") return ["podSpec", ...steps];
  const own = podSpec === undefined ? 1 : listOf(podSpec["volumes"]).filter(isNotResults).length;
  return index < own ? ["podSpec", ...steps] : ["extra-volumes", index - own, ...rest];
}
