import { field } from "../../../core/kubernetes/field.ts";
import { nanosOf } from "../../../core/kubernetes/quantity.ts";
import { objectAt, objectsAt } from "../../objects/object-fields.ts";

/** Amounts by resource name ("cpu", "memory", "nvidia.com/gpu"), in billionths. */
export type Resources = ReadonlyMap<string, bigint>;

/**
 * What a pod needs on its node: the sum of its containers, or what its largest init container needs beside the sidecars started before it, and its overhead.
 * Source: k8s.io/component-helpers, resource/helpers.go.
 */
export function sumPodRequests(pod: unknown): Resources {
  const spec = field(pod, "spec");
  let running = sumAll(objectsAt(field(spec, "containers")).map(requestsOf));
  let sidecars: Resources = new Map();
  let starting: Resources = new Map();
  for (const container of objectsAt(field(spec, "initContainers"))) {
    const requests = requestsOf(container);
    if (container["restartPolicy"] === "Always") {
      running = addResources(running, requests);
      sidecars = addResources(sidecars, requests);
      starting = largest(starting, sidecars);
    } else {
      starting = largest(starting, addResources(sidecars, requests));
    }
  }
  return addResources(largest(running, starting), parseResources(field(spec, "overhead")));
}

/** A map of quantities, such as a node's allocatable, by billionths. */
export const parseResources = (quantities: unknown): Resources => new Map(Object.entries(objectAt(quantities)).map(([name, value]) => [name, nanosOf(value)]));

/** The sum of two, by resource; with `sign` -1 the difference. */
export function addResources(left: Resources, right: Resources, sign: 1n | -1n = 1n): Resources {
  const sum = new Map(left);
  for (const [name, amount] of right) sum.set(name, (sum.get(name) ?? 0n) + sign * amount);
  return sum;
}

/** A limit alone is also a request; the API server fills that in, but objects of the world may come without. */
const requestsOf = (container: unknown): Resources =>
  parseResources({ ...objectAt(field(container, "resources", "limits")), ...objectAt(field(container, "resources", "requests")) });

const sumAll = (all: readonly Resources[]): Resources => all.reduce<Resources>((sum, one) => addResources(sum, one), new Map());

function largest(left: Resources, right: Resources): Resources {
  const result = new Map(left);
  for (const [name, amount] of right) if (amount > (result.get(name) ?? 0n)) result.set(name, amount);
  return result;
}
