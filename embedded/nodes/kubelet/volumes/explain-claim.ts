import { field } from "../../../../core/kubernetes/field.ts";
import { typeOf } from "../../../objects/object-key.ts";
import { AttachError, MountError } from "./mount-error.ts";
import type { MountSources } from "./mount-sources.ts";
import type { Volume } from "./volume.ts";

/** Why a claim gives its pod no volume, for a pod that no scheduler kept waiting; there are no volumes here. */
export function explainClaim({ context: { api }, pod }: MountSources, { name, persistentVolumeClaim }: Volume): AttachError | MountError {
  const { namespace } = pod.metadata;
  const claimName = persistentVolumeClaim?.claimName ?? "";
  const claim = api.find({ type: typeOf(api, "v1", "PersistentVolumeClaim"), namespace, name: claimName });
  const refuse = (why: string): AttachError =>
    new AttachError(
      `unmounted volumes=[${name}], unattached volumes=[], failed to process volumes=[${name}]: error processing PVC ${namespace}/${claimName}: ${why}`,
    );
  if (claim === undefined) return refuse(`failed to fetch PVC from API server: persistentvolumeclaims ${JSON.stringify(claimName)} not found`);
  return field(claim, "status", "phase") === "Bound" ? new MountError("no volume plugin matched") : refuse("PVC is not bound");
}
