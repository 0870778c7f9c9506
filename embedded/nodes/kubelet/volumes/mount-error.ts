/** A volume that can't be set up yet; the message is what the kubelet's FailedMount event says of it. */
export class MountError extends Error {
  override name = "MountError";
}

/** A problem that is told for the whole pod: "Unable to attach or mount volumes: …". */
export class AttachError extends Error {
  override name = "AttachError";
}
