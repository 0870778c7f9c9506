import type { Condition } from "../../../objects/conditions.ts";

/** The objects of one kind that a namespace still has, each with its finalizers. */
export type Remaining = { readonly resource: string; readonly count: number; readonly finalizers: readonly (readonly string[])[] };

/** What a namespace that is being deleted says of its content. Source: kube-controller-manager, pkg/controller/namespace/deletion/status_condition_utils.go. */
export function buildConditions(remaining: readonly Remaining[]): readonly Condition[] {
  const finalizers = new Map<string, number>();
  for (const finalizer of remaining.flatMap((one) => one.finalizers.flat())) finalizers.set(finalizer, (finalizers.get(finalizer) ?? 0) + 1);
  const content = remaining.map(({ resource, count }) => `${resource} has ${count} resource instances`).toSorted();
  const held = [...finalizers].map(([finalizer, count]) => `${finalizer} in ${count} resource instances`).toSorted();
  return [
    { type: "NamespaceDeletionDiscoveryFailure", status: "False", reason: "ResourcesDiscovered", message: "All resources successfully discovered" },
    {
      type: "NamespaceDeletionGroupVersionParsingFailure",
      status: "False",
      reason: "ParsedGroupVersions",
      message: "All legacy kube types successfully parsed",
    },
    {
      type: "NamespaceDeletionContentFailure",
      status: "False",
      reason: "ContentDeleted",
      message: "All content successfully deleted, may be waiting on finalization",
    },
    content.length === 0
      ? { type: "NamespaceContentRemaining", status: "False", reason: "ContentRemoved", message: "All content successfully removed" }
      : { type: "NamespaceContentRemaining", status: "True", reason: "SomeResourcesRemain", message: `Some resources are remaining: ${content.join(", ")}` },
    held.length === 0
      ? { type: "NamespaceFinalizersRemaining", status: "False", reason: "ContentHasNoFinalizers", message: "All content-preserving finalizers finished" }
      : {
          type: "NamespaceFinalizersRemaining",
          status: "True",
          reason: "SomeFinalizersRemain",
          message: `Some content in the namespace has finalizers remaining: ${held.join(", ")}`,
        },
  ];
}
