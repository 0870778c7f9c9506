import { nanosOf } from "../../../../core/kubernetes/quantity.ts";
import type { NodeSpec } from "../kubelet-context.ts";

type Resources = { readonly [resource: string]: string };

/** What a node has, and what pods can have of it: hardEviction's 100 MiB of memory and a tenth of the disk are kept back, as a kubelet does by default. */
export function readCapacity({ capacity }: NodeSpec): { readonly capacity: Resources; readonly allocatable: Resources } {
  const whole: Resources = {
    cpu: "4",
    "ephemeral-storage": "102687672Ki",
    "hugepages-1Gi": "0",
    "hugepages-2Mi": "0",
    memory: "8144036Ki",
    pods: "110",
    ...capacity,
  };
  const storage = nanosOf(whole["ephemeral-storage"]) / 1_000_000_000n;
  const memory = nanosOf(whole["memory"]) / 1_000_000_000n / 1024n;
  const kept = memory > 2n * 102_400n ? 102_400n : 0n;
  return { capacity: whole, allocatable: { ...whole, "ephemeral-storage": String((storage * 9n) / 10n), memory: `${memory - kept}Ki` } };
}
