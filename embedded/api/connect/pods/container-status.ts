import { field, list } from "../../../../core/kubernetes/field.ts";

/** What a pod's status says of one of its containers of any kind; undefined where it says nothing yet. */
export const findContainerStatus = (pod: unknown, name: string): unknown =>
  ["containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses"]
    .flatMap((key) => list(field(pod, "status", key)))
    .find((status) => field(status, "name") === name);

/** Whether a container's process runs, as far as the API server was told. */
export const isRunning = (pod: unknown, name: string): boolean => field(findContainerStatus(pod, name), "state", "running") !== undefined;
