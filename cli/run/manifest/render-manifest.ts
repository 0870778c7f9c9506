import type { Json } from "../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { renderYaml } from "../../plugins/render-plugin-file.ts";
import type { RunObjects } from "../build/objects.ts";

/** A run's objects in the order in which they can be made, the Namespace first unless it is left out, the aggregator last. */
export const listRunObjects = ({ namespace, lock, parts, aggregator }: RunObjects, withNamespace = true): readonly KubernetesObject[] => [
  ...(withNamespace ? [namespace] : []),
  lock,
  ...parts,
  aggregator,
];

/** Objects as the YAML that `kubectl apply -f -` and `asdic run -f -` take, a document each. */
export const renderManifest = (objects: readonly Json[]): string => objects.map((object) => `---\n${renderYaml(object)}`).join("");
