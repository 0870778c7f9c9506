import type { Fill } from "./change-field.ts";
import { fillField, inField, inOrder, presets } from "./change-field.ts";
import { fillClaimSpec, fillHostPath } from "./volume-defaults.ts";

const pending: Fill = (object) => fillField(object, "status", presets({ phase: "Pending" }));

/** Source: k8s.io/kubernetes, pkg/apis/storage/v1/defaults.go and pkg/apis/core/v1/defaults.go. */
export const storageDefaults: Readonly<Record<string, Fill>> = {
  "/PersistentVolumeClaim": inOrder(inField("spec", fillClaimSpec), pending),
  "/PersistentVolume": inOrder(
    inField("spec", inOrder(presets({ persistentVolumeReclaimPolicy: "Retain", volumeMode: "Filesystem" }), inField("hostPath", fillHostPath))),
    pending,
  ),
  "storage.k8s.io/StorageClass": presets({ reclaimPolicy: "Delete", volumeBindingMode: "Immediate" }),
  "storage.k8s.io/CSIDriver": inField(
    "spec",
    presets({
      attachRequired: true,
      podInfoOnMount: false,
      volumeLifecycleModes: ["Persistent"],
      storageCapacity: false,
      fsGroupPolicy: "ReadWriteOnceWithFSType",
      requiresRepublish: false,
      seLinuxMount: false,
    }),
  ),
};
