import type { ResourceType } from "../resource-type.ts";

/** Whether a type comes from a definition of somebody's own: its group is none of Kubernetes'. */
export const isCustom = ({ group }: ResourceType): boolean => group.includes(".") && !group.endsWith(".k8s.io");
