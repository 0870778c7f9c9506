import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";

/** An object and the bytes of the copy of it that `kubectl apply` keeps in its annotations. */
export type TooLarge = { readonly object: KubernetesObject; readonly bytes: number };

/** Kubernetes' limit for all annotations of an object, names included. */
export const annotationBytes = 256 * 1024;

/** The objects that `kubectl apply` can't make, because its copy of them in annotation last-applied-configuration would be over the limit. */
export const findTooLarge = (objects: readonly KubernetesObject[]): readonly TooLarge[] =>
  objects.map((object) => ({ object, bytes: measureCopy(object) })).filter(({ bytes }) => bytes > annotationBytes);

/** The annotation's name, its own empty entry in the copy, and the end of the line. */
const copyOverhead = "kubectl.kubernetes.io/last-applied-configuration".length + '"annotations":{},'.length + 1;

/** Go's JSON, which kubectl writes, takes six bytes for what HTML, JavaScript or old parsers might misread. */
function measureCopy(object: KubernetesObject): number {
  const json = JSON.stringify(object);
  const long = json.match(/[<>&\u2028\u2029]|\\[bf]/g) ?? [];
  return Buffer.byteLength(json) + long.reduce((sum, text) => sum + 6 - Buffer.byteLength(text), 0) + copyOverhead;
}
