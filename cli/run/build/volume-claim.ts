import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { objectNames } from "../../../core/contract/names.ts";
import type { RunSpec } from "../../../core/contract/run-spec.ts";
import type { Storage } from "../options/large-clusters.ts";
import { buildMetadata } from "./metadata.ts";

/** The claim on which the aggregator keeps what it has accepted; its label lets `delete` find it, and there is never more than one aggregator. */
export const buildVolumeClaim = (spec: RunSpec, { className, size }: Storage): KubernetesObject => ({
  apiVersion: "v1",
  kind: "PersistentVolumeClaim",
  metadata: buildMetadata(spec, objectNames.volumeClaim),
  spec: {
    accessModes: ["ReadWriteOnce"],
    ...(className !== undefined && { storageClassName: className }),
    resources: { requests: { storage: size } },
  },
});
