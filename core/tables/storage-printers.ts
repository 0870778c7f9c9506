import { field, list, text } from "../kubernetes/field.ts";
import type { KubernetesObject } from "../contract/kubernetes-object.ts";
import { ageOf, columns, type Printer } from "./printer.ts";

/** Volumes, claims and classes. */
export const storagePrinters: { readonly [kind: string]: Printer } = {
  "/PersistentVolume": {
    columns: columns(
      "Name",
      "Capacity",
      "Access Modes",
      "Reclaim Policy",
      "Status",
      "Claim",
      "StorageClass",
      "VolumeAttributesClass",
      "Reason",
      "Age",
      "VolumeMode*",
    ),
    cells: (object, now) => {
      const { spec, status } = object;
      const claim = field(spec, "claimRef");
      return [
        object.metadata.name,
        size(field(spec, "capacity", "storage")),
        accessModes(field(spec, "accessModes")),
        text(field(spec, "persistentVolumeReclaimPolicy")),
        phaseOf(object),
        claim === undefined ? "" : `${text(field(claim, "namespace"))}/${text(field(claim, "name"))}`,
        classOf(object),
        text(field(spec, "volumeAttributesClassName")) || "<unset>",
        text(field(status, "reason")),
        ageOf(object, now),
        text(field(spec, "volumeMode")) || "<unset>",
      ];
    },
  },
  "/PersistentVolumeClaim": {
    columns: columns("Name", "Status", "Volume", "Capacity", "Access Modes", "StorageClass", "VolumeAttributesClass", "Age", "VolumeMode*"),
    cells: (object, now) => {
      const { spec, status } = object;
      const volume = text(field(spec, "volumeName"));
      return [
        object.metadata.name,
        phaseOf(object),
        volume,
        volume === "" ? "" : size(field(status, "capacity", "storage")),
        volume === "" ? "" : accessModes(field(status, "accessModes")),
        classOf(object),
        text(field(spec, "volumeAttributesClassName")) || "<unset>",
        ageOf(object, now),
        text(field(spec, "volumeMode")) || "<unset>",
      ];
    },
  },
  "storage.k8s.io/CSIDriver": {
    columns: columns(
      "Name",
      "AttachRequired:boolean",
      "PodInfoOnMount:boolean",
      "StorageCapacity:boolean",
      "TokenRequests",
      "RequiresRepublish:boolean",
      "Modes",
      "Age",
    ),
    cells: (object, now) => {
      const { spec } = object;
      const tokens = list(field(spec, "tokenRequests")).map((request) => text(field(request, "audience")));
      return [
        object.metadata.name,
        flag(field(spec, "attachRequired"), true),
        flag(field(spec, "podInfoOnMount"), false),
        flag(field(spec, "storageCapacity"), false),
        tokens.join(",") || "<unset>",
        flag(field(spec, "requiresRepublish"), false),
        list(field(spec, "volumeLifecycleModes")).map(text).join(",") || "<unset>",
        ageOf(object, now),
      ];
    },
  },
  "storage.k8s.io/CSINode": {
    columns: columns("Name", "Drivers:integer", "Age"),
    cells: (object, now) => [object.metadata.name, list(field(object, "spec", "drivers")).length, ageOf(object, now)],
  },
  "storage.k8s.io/VolumeAttachment": {
    columns: columns("Name", "Attacher", "PV", "Node", "Attached:boolean", "Age"),
    cells: (object, now) => [
      object.metadata.name,
      text(field(object, "spec", "attacher")),
      text(field(object, "spec", "source", "persistentVolumeName")),
      text(field(object, "spec", "nodeName")),
      field(object, "status", "attached") === true,
      ageOf(object, now),
    ],
  },
  "storage.k8s.io/StorageClass": {
    columns: columns("Name", "Provisioner", "ReclaimPolicy", "VolumeBindingMode", "AllowVolumeExpansion", "Age"),
    cells: (object, now) => {
      const { metadata } = object;
      const isDefault = ["storageclass.kubernetes.io/is-default-class", "storageclass.beta.kubernetes.io/is-default-class"].some(
        (name) => metadata.annotations?.[name] === "true",
      );
      return [
        `${metadata.name}${isDefault ? " (default)" : ""}`,
        text(object["provisioner"]),
        text(object["reclaimPolicy"]) || "Delete",
        text(object["volumeBindingMode"]) || "Immediate",
        object["allowVolumeExpansion"] === true,
        ageOf(object, now),
      ];
    },
  },
};

const flag = (value: unknown, missing: boolean): boolean => (typeof value === "boolean" ? value : missing);

const shortModes: ReadonlyMap<unknown, string> = new Map([
  ["ReadWriteOnce", "RWO"],
  ["ReadOnlyMany", "ROX"],
  ["ReadWriteMany", "RWX"],
  ["ReadWriteOncePod", "RWOP"],
]);

const accessModes = (modes: unknown): string => [...shortModes].flatMap(([mode, short]) => (list(modes).includes(mode) ? [short] : [])).join(",");

const size = (quantity: unknown): string => (typeof quantity === "string" || typeof quantity === "number" ? String(quantity) : "0");

const phaseOf = ({ metadata, status }: KubernetesObject): string => (metadata.deletionTimestamp === undefined ? text(field(status, "phase")) : "Terminating");

/** From before there was a field for it. */
const classOf = ({ metadata, spec }: KubernetesObject): string =>
  metadata.annotations?.["volume.beta.kubernetes.io/storage-class"] ?? text(field(spec, "storageClassName"));
