import { objectNames } from "../../../core/contract/names.ts";
import { field, list, text } from "../../../core/kubernetes/field.ts";
import { typeOf } from "../../../embedded/objects/object-key.ts";
import type { Stage } from "../stage.ts";

/** Where workers reach the aggregators that there are, as the network's faults name it: the Service's addresses, and pods by their uid. */
export function findDoors({ api }: Pick<Stage, "api">, namespace: string): readonly string[] {
  const service = api.find({ type: typeOf(api, "v1", "Service"), namespace, name: objectNames.service });
  const aggregators = api.list(typeOf(api, "v1", "Pod"), { namespace, labelSelector: "sonobuoy-component=aggregator" });
  return [...list(field(service, "spec", "clusterIPs")).map(text), ...aggregators.map(({ metadata }) => metadata.uid ?? "")];
}
