import type { JsonObject } from "../../../core/contract/json.ts";
import { addQuantities, nanosOf, parseQuantity, renderQuantity } from "../../../core/kubernetes/quantity.ts";
import type { Quantity } from "../../../core/kubernetes/quantity.ts";
import { parseObject, parseObjects } from "./request.ts";

/** How amounts break one item of a LimitRange, in the API server's words (k8s.io/kubernetes, plugin/pkg/admission/limitranger). */
export function judgeLimit(limit: JsonObject, amounts: Amounts): readonly string[] {
  const type = String(limit["type"]);
  const each = (key: string, judge: (resource: string, bound: unknown) => string | undefined): readonly string[] =>
    Object.entries(parseObject(limit[key]))
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .map(([resource, bound]) => judge(resource, bound))
      .filter((problem) => problem !== undefined);
  return [
    ...each("min", (resource, bound) => judgeMinimum({ type, resource, bound }, amounts)),
    ...each("max", (resource, bound) => judgeMaximum({ type, resource, bound }, amounts)),
    ...each("maxLimitRequestRatio", (resource, bound) => judgeRatio({ type, resource, bound }, amounts)),
  ];
}

/** What requests and limits are of a container, a pod or a claim. */
type Amounts = { readonly requests: JsonObject; readonly limits: JsonObject };

/** What a pod's containers have together; a large init container counts by itself, as it runs before them. */
export function sumContainers(spec: JsonObject, kind: "requests" | "limits"): JsonObject {
  const of = (container: JsonObject): JsonObject => parseObject(parseObject(container["resources"])[kind]);
  const init = parseObjects(spec["initContainers"]);
  const staying = [...parseObjects(spec["containers"]), ...init.filter((container) => container["restartPolicy"] === "Always")];
  const total = new Map<string, Quantity>();
  for (const container of staying) {
    for (const [resource, value] of Object.entries(of(container))) {
      const amount = parseQuantity(value);
      const before = total.get(resource);
      if (amount) total.set(resource, before ? addQuantities(before, amount) : amount);
    }
  }
  for (const container of init) {
    for (const [resource, value] of Object.entries(of(container))) {
      const amount = parseQuantity(value);
      if (amount && amount.nanos > (total.get(resource)?.nanos ?? -1n)) total.set(resource, amount);
    }
  }
  return Object.fromEntries([...total].map(([resource, amount]) => [resource, renderQuantity(amount)]));
}

type Bound = { readonly type: string; readonly resource: string; readonly bound: unknown };

function judgeMinimum({ type, resource, bound }: Bound, { requests, limits }: Amounts): string | undefined {
  const rule = `minimum ${resource} usage per ${type} is ${show(bound)}`;
  const [request, limit] = [requests[resource], limits[resource]];
  if (request === undefined) return `${rule}.  No request is specified`;
  if (nanosOf(request) < nanosOf(bound)) return `${rule}, but request is ${show(request)}`;
  return limit !== undefined && nanosOf(limit) < nanosOf(bound) ? `${rule}, but limit is ${show(limit)}` : undefined;
}

function judgeMaximum({ type, resource, bound }: Bound, { requests, limits }: Amounts): string | undefined {
  const rule = `maximum ${resource} usage per ${type} is ${show(bound)}`;
  const [request, limit] = [requests[resource], limits[resource]];
  if (type === "PersistentVolumeClaim") return nanosOf(request) > nanosOf(bound) ? `${rule}, but request is ${show(request)}` : undefined;
  if (limit === undefined) return `${rule}.  No limit is specified`;
  if (nanosOf(limit) > nanosOf(bound)) return `${rule}, but limit is ${show(limit)}`;
  return request !== undefined && nanosOf(request) > nanosOf(bound) ? `${rule}, but request is ${show(request)}` : undefined;
}

function judgeRatio({ type, resource, bound }: Bound, { requests, limits }: Amounts): string | undefined {
  const rule = `${resource} max limit to request ratio per ${type} is ${show(bound)}`;
  const [request, limit] = [nanosOf(requests[resource]), nanosOf(limits[resource])];
  if (request === 0n) return `${rule}, but no request is specified or request is 0`;
  if (limit === 0n) return `${rule}, but no limit is specified or limit is 0`;
  const ratio = Number(limit) / Number(request);
  return ratio > Number(nanosOf(bound)) / 1e9 ? `${rule}, but provided ratio is ${ratio.toFixed(6)}` : undefined;
}

function show(value: unknown): string {
  const quantity = parseQuantity(value);
  return quantity ? renderQuantity(quantity) : String(value);
}
