/** The group of most of them. */
export const group = "e2e-snapshot.asdic.dev";

const version = (name: string, isStored: boolean): object => ({
  name,
  served: true,
  storage: isStored,
  schema: { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } },
});
/** A kind that a test defines. */
export type Custom = {
  readonly group: string;
  readonly plural: string;
  readonly kind: string;
  readonly scope: "Namespaced" | "Cluster";
  readonly versions: readonly object[];
};
/** Of three scopes and versions, one with the name of another group's. */
export const customs: readonly Custom[] = [
  { group, plural: "widgets", kind: "Widget", scope: "Namespaced", versions: [version("v1", true), version("v1beta1", false)] },
  { group, plural: "gadgets", kind: "Gadget", scope: "Cluster", versions: [version("v1alpha1", true)] },
  { group: `other.${group}`, plural: "services", kind: "Service", scope: "Namespaced", versions: [version("v2", true)] },
];
/** What a test adds later. */
export const late: Custom = { group: `late.${group}`, plural: "latecomers", kind: "Latecomer", scope: "Cluster", versions: [version("v1", true)] };
