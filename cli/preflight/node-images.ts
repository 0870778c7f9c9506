import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import { field, list } from "../../core/kubernetes/field.ts";
import { parseImageName } from "../../core/kubernetes/image-name.ts";

/** What a node says of an image: "there" with the digests that it knows it by, "absent", or "unknown" because a node lists only its largest images. */
export type NodeImage = { readonly state: "there"; readonly digests: readonly string[] } | { readonly state: "absent" | "unknown" };

/** A kubelet's `nodeStatusMaxImages`, where nobody has changed it. */
const mostListed = 50;

/** Looks for an image by its full name among those that a node lists. */
export function findNodeImage(node: KubernetesObject, image: string): NodeImage {
  const images = list(field(node, "status", "images")).map((each) => list(field(each, "names")).filter((name) => typeof name === "string"));
  const names = images.find((ofOne) => ofOne.some((name) => fullName(name) === image));
  if (names !== undefined) return { state: "there", digests: names.flatMap((name) => fullName(name).split("@")[1] ?? []) };
  return { state: images.length === 0 || images.length >= mostListed ? "unknown" : "absent" };
}

/** An image's name as a container runtime completes it; as it stands where it is none. */
export function fullName(name: string): string {
  const parsed = parseImageName(name);
  return typeof parsed === "string" ? name : parsed.full;
}
