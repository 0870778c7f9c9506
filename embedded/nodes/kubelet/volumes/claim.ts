import { field, text } from "../../../../core/kubernetes/field.ts";
import { typeOf } from "../../object-key.ts";
import { openHostPath } from "./host-path.ts";
import { AttachError, MountError } from "./mount-error.ts";
import type { MountSources } from "./mount-sources.ts";
import type { Volume } from "./volume.ts";

/** The place that a claim's volume has on this node: of a hostPath or local volume, and of no other. Rejects with AttachError or MountError. */
export async function openClaim({ context, pod }: MountSources, { name, persistentVolumeClaim }: Volume): Promise<string> {
  const { api, folders } = context;
  const { namespace } = pod.metadata;
  const claimName = persistentVolumeClaim?.claimName ?? "";
  const refuse = (why: string): AttachError =>
    new AttachError(
      `unmounted volumes=[${name}], unattached volumes=[], failed to process volumes=[${name}]: error processing PVC ${namespace}/${claimName}: ${why}`,
    );
  const claim = api.find({ type: typeOf(api, "v1", "PersistentVolumeClaim"), namespace, name: claimName });
  if (claim === undefined) throw refuse(`failed to fetch PVC from API server: persistentvolumeclaims ${JSON.stringify(claimName)} not found`);
  const volumeName = text(field(claim, "spec", "volumeName"));
  if (field(claim, "status", "phase") !== "Bound" || volumeName === "") throw refuse("PVC is not bound");
  const volume = api.find({ type: typeOf(api, "v1", "PersistentVolume"), namespace: "", name: volumeName });
  if (volume === undefined) throw refuse(`failed to fetch PV ${volumeName} from API server: persistentvolumes ${JSON.stringify(volumeName)} not found`);
  const hostPath = text(field(volume, "spec", "hostPath", "path"));
  if (hostPath !== "") return openHostPath(folders.root, hostPath, text(field(volume, "spec", "hostPath", "type")));
  const local = text(field(volume, "spec", "local", "path"));
  if (local !== "") return openHostPath(folders.root, local, "").catch(() => Promise.reject(missing(local)));
  throw new MountError("no volume plugin matched");
}

const missing = (path: string): MountError => new MountError(`path ${JSON.stringify(path)} does not exist`);
