import { isDeepStrictEqual } from "node:util";
import { isJsonObject } from "../../../../core/contract/json.ts";
import { field, list, text } from "../../../../core/kubernetes/field.ts";
import { findSubdomainProblems } from "../../../../core/kubernetes/names.ts";
import { nanosOf } from "../../../../core/kubernetes/quantity.ts";
import type { Causes, Check } from "./causes.ts";
import { forbidden, invalidValue, invalidValues, none, notSupported, oneOf, required, when } from "./causes.ts";
import { validateHostPath } from "./volumes.ts";

/** Source: k8s.io/kubernetes, pkg/apis/core/validation and pkg/apis/storage/validation. */
export const storageChecks: Readonly<Record<string, Check>> = {
  "/PersistentVolumeClaim": { create: (object) => validateClaim(field(object, "spec")), update: validateClaimUpdate },
  "/PersistentVolume": { create: (object) => validateVolume(field(object, "spec")), update: validateVolumeUpdate },
  "storage.k8s.io/StorageClass": {
    create: (object) => [
      ...when(text(field(object, "provisioner")) === "", () => required("provisioner")),
      ...oneOf("reclaimPolicy", field(object, "reclaimPolicy"), ["Delete", "Retain"]),
      ...oneOf("volumeBindingMode", field(object, "volumeBindingMode"), ["Immediate", "WaitForFirstConsumer"]),
    ],
    update: (object, old) =>
      ["parameters", "provisioner", "reclaimPolicy", "volumeBindingMode"].flatMap((name) => fixed(name, field(object, name), field(old, name))),
  },
};

const fixed = (path: string, now: unknown, before: unknown): Causes => (isDeepStrictEqual(now, before) ? none : invalidValue(path, now, "field is immutable"));
const accessModes = ["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"];
const validateModes = (spec: unknown): Causes => list(field(spec, "accessModes")).flatMap((mode) => oneOf("spec.accessModes", mode, accessModes));

function validateClass(spec: unknown): Causes {
  const name = text(field(spec, "storageClassName"));
  return name === "" ? none : invalidValues("spec.storageClassName", name, findSubdomainProblems(name));
}

function validateClaim(spec: unknown): Causes {
  const storage = field(spec, "resources", "requests", "storage");
  return [
    ...when(list(field(spec, "accessModes")).length === 0, () => required("spec.accessModes", "at least 1 access mode is required")),
    ...validateModes(spec),
    ...(storage === undefined
      ? required("spec.resources[storage]")
      : when(nanosOf(storage) <= 0n, () => invalidValue("spec.resources[storage]", storage, "must be greater than zero"))),
    ...validateClass(spec),
    ...oneOf("spec.volumeMode", field(spec, "volumeMode"), ["Block", "Filesystem"]),
  ];
}

/** A claim may be bound, and a bound one may grow; the API server adds a comparison of the specs, in Go's terms. */
function validateClaimUpdate(object: unknown, old: unknown): Causes {
  const isBound = field(old, "status", "phase") === "Bound";
  const fixedPart = (claim: unknown): unknown => {
    const { volumeName, resources, volumeAttributesClassName, ...spec } = { ...parseSpec(claim) };
    return {
      ...spec,
      ...(text(field(old, "spec", "volumeName")) === "" ? {} : { volumeName }),
      ...(isBound ? { limits: field(resources, "limits") } : { resources, volumeAttributesClassName }),
    };
  };
  if (isDeepStrictEqual(fixedPart(object), fixedPart(old))) return none;
  return forbidden("spec", "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims");
}

function parseSpec(object: unknown): Readonly<Record<string, unknown>> {
  const spec = field(object, "spec");
  return isJsonObject(spec) ? spec : {};
}

const sources =
  "hostPath gcePersistentDisk awsElasticBlockStore glusterfs flocker nfs rbd quobyte cephfs iscsi cinder fc flexVolume azureFile vsphereVolume photonPersistentDisk portworxVolume azureDisk scaleIO local storageos csi".split(
    " ",
  );

function validateVolume(spec: unknown): Causes {
  const capacity = field(spec, "capacity");
  const names = Object.keys(capacity ?? {});
  const [first, ...others] = sources.filter((source) => field(spec, source) !== undefined);
  return [
    ...when(list(field(spec, "accessModes")).length === 0, () => required("spec.accessModes")),
    ...validateModes(spec),
    ...when(names.length === 0, () => required("spec.capacity")),
    ...when(!names.includes("storage") || names.length > 1, () => notSupported("spec.capacity", capacity ?? null, ["storage"])),
    ...Object.entries(capacity ?? {}).flatMap(([name, amount]) =>
      when(nanosOf(amount) <= 0n, () => invalidValue(`spec.capacity[${name}]`, amount, "must be greater than zero")),
    ),
    ...oneOf("spec.persistentVolumeReclaimPolicy", field(spec, "persistentVolumeReclaimPolicy"), ["Delete", "Recycle", "Retain"]),
    ...when(first === "hostPath", () => validateHostPath("spec.hostPath", field(spec, "hostPath"))),
    ...others.flatMap((other) => forbidden(`spec.${other}`, "may not specify more than 1 volume type")),
    ...when(first === undefined, () => required("spec", "must specify a volume type")),
    ...validateClass(spec),
    ...oneOf("spec.volumeMode", field(spec, "volumeMode"), ["Block", "Filesystem"]),
  ];
}

function validateVolumeUpdate(object: unknown, old: unknown): Causes {
  const source = (volume: unknown): unknown => sources.map((name) => field(volume, "spec", name));
  const isSame = isDeepStrictEqual(source(object), source(old));
  return [
    ...when(!isSame, () => forbidden("spec.persistentvolumesource", "spec.persistentvolumesource is immutable after creation")),
    ...fixed("volumeMode", field(object, "spec", "volumeMode"), field(old, "spec", "volumeMode")),
  ];
}
