/** Whether an API group comes from a definition of somebody's own: it is none of Kubernetes'. */
export const isCustomGroup = (group: string): boolean => group.includes(".") && !group.endsWith(".k8s.io");
