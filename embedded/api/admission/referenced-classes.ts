import { text } from "../../../core/kubernetes/field.ts";
import type { Admission } from "../registry/api.ts";
import { isWriteOf, readObject, readObjects, refuse, withSpec } from "./request.ts";
import { objectAt } from "../../objects/object-fields.ts";
import { byAge } from "../../objects/order.ts";

/** A pod's runtime class must exist. */
export const runtimeClass: Admission = (request) => {
  if (!isWriteOf(request, ["", "pods"])) return request.object;
  const name = text(objectAt(request.object["spec"])["runtimeClassName"]);
  if (name === "") return request.object;
  if (!readObject(request, ["node.k8s.io", "runtimeclasses"], name)) throw refuse(request, `pod rejected: RuntimeClass ${JSON.stringify(name)} not found`);
  return request.object;
};

/** A claim that names no storage class gets the default one, the youngest if there are several. */
export const defaultStorageClass: Admission = (request) => {
  if (!isWriteOf(request, ["", "persistentvolumeclaims"])) return request.object;
  const isSaid = objectAt(request.object["spec"])["storageClassName"] ?? request.object.metadata.annotations?.["volume.beta.kubernetes.io/storage-class"];
  if (isSaid !== undefined) return request.object;
  const [youngest] = readObjects(request, ["storage.k8s.io", "storageclasses"])
    .filter(({ metadata }) => metadata.annotations?.["storageclass.kubernetes.io/is-default-class"] === "true")
    .toSorted((left, right) => byAge(right, left));
  return withSpec(request.object, { storageClassName: youngest?.metadata.name });
};
