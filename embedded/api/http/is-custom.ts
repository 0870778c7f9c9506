import { isCustomGroup } from "../../../core/kubernetes/is-custom-group.ts";
import type { ResourceType } from "../resource-type.ts";

/** Whether a type comes from a definition of somebody's own: its group is none of Kubernetes'. */
export const isCustom = ({ group }: ResourceType): boolean => isCustomGroup(group);
