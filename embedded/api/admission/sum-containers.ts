import type { JsonObject } from "../../../core/contract/json.ts";
import { addQuantities, parseQuantity, renderQuantity } from "../../../core/kubernetes/quantity.ts";
import type { Quantity } from "../../../core/kubernetes/quantity.ts";
import { objectAt, objectsAt } from "../../objects/object-fields.ts";
import { stayingContainersOf } from "../../objects/pod-state.ts";

/** What a pod's containers have together; a large init container counts by itself, as it runs before them. */
export function sumContainers(spec: JsonObject, kind: "requests" | "limits"): JsonObject {
  const amountsOf = (container: JsonObject): readonly (readonly [string, Quantity])[] =>
    Object.entries(objectAt(objectAt(container["resources"])[kind])).flatMap(([resource, value]) => {
      const amount = parseQuantity(value);
      return amount === undefined ? [] : [[resource, amount] as const];
    });
  const total = new Map<string, Quantity>();
  for (const [resource, amount] of stayingContainersOf({ spec }).flatMap(amountsOf)) {
    const before = total.get(resource);
    total.set(resource, before ? addQuantities(before, amount) : amount);
  }
  for (const [resource, amount] of objectsAt(spec["initContainers"]).flatMap(amountsOf))
    if (amount.nanos > (total.get(resource)?.nanos ?? -1n)) total.set(resource, amount);
  return Object.fromEntries([...total].map(([resource, amount]) => [resource, renderQuantity(amount)]));
}
