import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { field } from "../../../../core/kubernetes/field.ts";
import { typeOf } from "../../../objects/object-key.ts";
import { folderProvisioner, volumeNameOf } from "../../controllers/provision-volume.ts";
import { AttachError, MountError } from "./mount-error.ts";
import type { MountSources } from "./mount-sources.ts";
import type { Volume } from "./volume.ts";
import { allow } from "./write-files.ts";

/** The folder of a claim's volume, for a pod that no scheduler kept waiting; rejects where it has none, or another than this cluster gives. */
export async function openClaim({ context: { api, folders }, pod, fsGroup }: MountSources, { name, persistentVolumeClaim }: Volume): Promise<string> {
  const { namespace } = pod.metadata;
  const claimName = persistentVolumeClaim?.claimName ?? "";
  const claim = api.find({ type: typeOf(api, "v1", "PersistentVolumeClaim"), namespace, name: claimName });
  const refuse = (why: string): AttachError =>
    new AttachError(
      `unmounted volumes=[${name}], unattached volumes=[], failed to process volumes=[${name}]: error processing PVC ${namespace}/${claimName}: ${why}`,
    );
  if (claim === undefined) throw refuse(`failed to fetch PVC from API server: persistentvolumeclaims ${JSON.stringify(claimName)} not found`);
  if (field(claim, "status", "phase") !== "Bound") throw refuse("PVC is not bound");
  const volume = api.find({ type: typeOf(api, "v1", "PersistentVolume"), namespace: "", name: volumeNameOf(claim) });
  if (folders.volumes === undefined || volume === undefined || !isFolder(volume)) throw new MountError("no volume plugin matched");
  const path = join(folders.volumes, volume.metadata.name);
  await mkdir(path, { recursive: true });
  await allow(path, fsGroup === undefined ? 0o777 : 0o2777, { fsGroup });
  return path;
}

const isFolder = (volume: KubernetesObject): boolean => field(volume, "spec", "csi", "driver") === folderProvisioner;
