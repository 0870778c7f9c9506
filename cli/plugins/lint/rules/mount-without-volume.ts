import { defaultPodSpec } from "../../../../core/contract/default-pod-spec.ts";
import { isJsonObject } from "../../../../core/contract/json.ts";
import { containersOf, listOf, namedItemsOf } from "../../containers-of.ts";
import { configOf, type LintedPlugin, type LintRule } from "../lint-rule.ts";

/** A volumeMount of a volume that the pod won't have: the API server refuses the pod. */
export const mountWithoutVolume: LintRule = {
  code: "mount-without-volume",
  severity: "error",
  find: (plugin) => {
    const volumes = volumesOf(plugin);
    return containersOf(plugin.document).flatMap(({ path, value }) =>
      namedItemsOf(value["volumeMounts"])
        .filter(({ name }) => !volumes.has(name))
        .map(({ index, name }) => ({
          path: [...path, "volumeMounts", index, "name"],
          message: `there is no volume ${JSON.stringify(name)}`,
          remedy: "Define it under extra-volumes.",
        })),
    );
  },
};

/** What the file defines, what it gets where it has no podSpec, and the folder for results. */
function volumesOf(plugin: LintedPlugin): ReadonlySet<string> {
  const { document } = plugin;
  const podSpec = isJsonObject(document["podSpec"]) ? document["podSpec"] : defaultPodSpec(kindOf(plugin));
  const templates = listOf(podSpec["volumes"]);
  return new Set(["results", ...namedItemsOf(templates).map(({ name }) => name), ...namedItemsOf(document["extra-volumes"]).map(({ name }) => name)]);
}

function kindOf(plugin: LintedPlugin): Parameters<typeof defaultPodSpec>[0] {
  const isDaemonSet = String(configOf(plugin)["driver"]).toLowerCase() === "daemonset";
  return { dialect: plugin.document["apiVersion"] === "asdic/v1" ? "asdic/v1" : "sonobuoy", driver: isDaemonSet ? "DaemonSet" : "Job" };
}
