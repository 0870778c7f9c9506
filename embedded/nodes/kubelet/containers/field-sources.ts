import type { FieldSources } from "../environment/fields.ts";
import type { KubeletContext } from "../kubelet-context.ts";
import { readCapacity } from "../node/capacity.ts";
import type { Pod } from "../pods/pod.ts";

/** What fieldRef and resourceFieldRef of a pod are answered from. */
export const readFieldSources = ({ node }: KubeletContext, pod: Pod, address: string | undefined): FieldSources => ({
  pod,
  podIP: address ?? "",
  hostIP: node.address,
  allocatable: readCapacity(node).allocatable,
});
