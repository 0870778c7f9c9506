import type { Json, JsonObject } from "../../core/contract/json.ts";
import { isJsonObject } from "../../core/contract/json.ts";
import { containerNames, podPaths } from "../../core/contract/names.ts";
import type { PluginDefinition } from "../../core/contract/plugin-definition.ts";

/**
 * A plugin's pod, worker included, with the results that it needs: an init container of ours, which is the worker at another work, fills a volume
 * before those of the file begin, and the plugin's containers can only read it. The same pod for a plugin that needs none.
 */
export function addInputs(podSpec: JsonObject, { needs = [] }: Pick<PluginDefinition, "needs">): JsonObject {
  const containers = readList(podSpec["containers"]);
  const worker = containers.find(isWorker);
  if (needs.length === 0 || worker === undefined) return podSpec;
  const fetching = {
    ...worker,
    name: containerNames.inputs,
    command: [...readWords(worker["command"]), "inputs", ...needs.map(({ plugin }) => plugin)],
    volumeMounts: [...readList(worker["volumeMounts"]), { name: volumeName, mountPath: podPaths.inputs }],
  };
  return {
    ...podSpec,
    initContainers: [fetching, ...readList(podSpec["initContainers"])],
    containers: containers.map((container) => (isWorker(container) ? container : addInput(container))),
    volumes: [...readList(podSpec["volumes"]), { name: volumeName, emptyDir: {} }],
  };
}

function addInput(container: JsonObject): JsonObject {
  const env = readList(container["env"]);
  return {
    ...container,
    env: env.some(({ name }) => name === variable) ? env : [{ name: variable, value: podPaths.inputs }, ...env],
    volumeMounts: [...readList(container["volumeMounts"]), { name: volumeName, mountPath: podPaths.inputs, readOnly: true }],
  };
}

const isWorker = ({ name }: JsonObject): boolean => name === containerNames.worker;
const variable = "ASDIC_INPUTS_DIR";
const volumeName = "asdic-inputs";
const readList = (value: Json | undefined): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isJsonObject) : []);
const readWords = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);
