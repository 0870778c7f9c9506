import { findCondition } from "./conditions.ts";
import { parseTime } from "./render-time.ts";

/** From when on a pod counts as available, in milliseconds: so many seconds after it got ready; undefined while it isn't ready. */
export function availableAt(pod: unknown, minReadySeconds: number): number | undefined {
  const ready = findCondition(pod, "Ready");
  if (ready?.["status"] !== "True") return undefined;
  return minReadySeconds === 0 ? 0 : (parseTime(ready["lastTransitionTime"]) ?? 0) + minReadySeconds * 1000;
}
