import type { JsonObject } from "../../core/contract/json.ts";
import { field } from "../../core/kubernetes/field.ts";
import { objectsAt } from "./object-fields.ts";
import { renderTime } from "./render-time.ts";

/** One condition of a status; further fields (observedGeneration, lastProbeTime…) are stored as they are. */
export type Condition = JsonObject & { readonly type: string; readonly status: "True" | "False" | "Unknown" };

/** An object's condition of a type. */
export const findCondition = (object: unknown, type: string): JsonObject | undefined =>
  objectsAt(field(object, "status", "conditions")).find((condition) => condition["type"] === type);

/** Whether an object's condition of a type is True. */
export const isConditionTrue = (object: unknown, type: string): boolean => findCondition(object, type)?.["status"] === "True";

/** An object's conditions with one put in the place of its type; the time of the last transition stays while the status does. */
export function withCondition(object: unknown, condition: Condition, now: Date): readonly JsonObject[] {
  const conditions = objectsAt(field(object, "status", "conditions"));
  const old = conditions.find(({ type }) => type === condition.type);
  const lastTransitionTime = old?.["status"] === condition.status ? (old["lastTransitionTime"] ?? null) : renderTime(now);
  const next = { ...condition, lastTransitionTime };
  return old === undefined ? [...conditions, next] : conditions.map((one) => (one === old ? next : one));
}

/** An object's conditions without one type. */
export const withoutCondition = (object: unknown, type: string): readonly JsonObject[] =>
  objectsAt(field(object, "status", "conditions")).filter((condition) => condition["type"] !== type);
