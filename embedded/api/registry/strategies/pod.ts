import { field, list, text } from "../../../../core/kubernetes/field.ts";
import { nanosOf } from "../../../../core/kubernetes/quantity.ts";
import { type Strategy } from "./strategy.ts";
import { objectAt } from "../../../objects/object-fields.ts";

/** Pods: born Pending, with the class of service that their resources give them. Source: pkg/registry/core/pod/strategy.go. */
export const pod: Strategy = {
  prepareCreate({ object }) {
    const spec = objectAt(object["spec"]);
    const isGated = list(spec["schedulingGates"]).length > 0;
    const gated = { type: "PodScheduled", status: "False", reason: "SchedulingGated", message: "Scheduling is blocked due to non-empty scheduling gates" };
    const conditions = isGated ? { conditions: [{ ...gated, lastProbeTime: null, lastTransitionTime: null }] } : {};
    return { ...object, status: { phase: "Pending", ...conditions, qosClass: qosClassOf(spec) } };
  },
};

/** Guaranteed, Burstable or BestEffort. Source: pkg/apis/core/helper/qos/qos.go. */
export function qosClassOf(spec: unknown): string {
  const containers = [...list(field(spec, "initContainers")), ...list(field(spec, "containers"))];
  const parts = field(spec, "resources") === undefined ? containers : [spec];
  const amount = (part: unknown, kind: "limits" | "requests", name: string): bigint => nanosOf(field(part, "resources", kind, name));
  const asked = parts.flatMap((part) => (["limits", "requests"] as const).flatMap((kind) => counted.map((name) => amount(part, kind, name))));
  if (asked.every((nanos) => nanos === 0n)) return "BestEffort";
  const isGuaranteed = parts.every((part) =>
    counted.every((name) => {
      const limit = amount(part, "limits", name);
      const request = text(field(part, "resources", "requests", name)) === "" ? limit : amount(part, "requests", name);
      return limit > 0n && limit === request;
    }),
  );
  return isGuaranteed ? "Guaranteed" : "Burstable";
}

const counted = ["cpu", "memory"] as const;
