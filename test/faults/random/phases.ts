/** When a fault is made: as soon as the target's pod is there, its program runs, its worker sends, or the aggregator looks at the cluster for the tarball. */
export const phases = ["before start", "running", "uploading", "sealing"] as const;
export type Phase = (typeof phases)[number];
