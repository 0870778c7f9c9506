import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { objectNames } from "../../../core/contract/names.ts";
import { annotationBytes, findTooLarge } from "./find-too-large.ts";

/** Which of a run's plugins `kubectl apply` could not make, and why; a sentence for each of their objects. */
export function describeTooLarge(objects: readonly KubernetesObject[], plugins: readonly string[]): readonly string[] {
  return findTooLarge(objects).map(({ object: { kind = "", metadata }, bytes }) => {
    const plugin = plugins.find((name) => [objectNames.pluginConfigMap(name), objectNames.pluginFilesConfigMap(name)].includes(metadata.name));
    const whose = plugin === undefined ? "" : ` of plugin ${plugin}`;
    return `${kind} ${metadata.name}${whose} takes ${Math.ceil(bytes / 1024)} KiB in the annotation where \`kubectl apply\` keeps a copy, and ${annotationBytes / 1024} KiB is the most.`;
  });
}
