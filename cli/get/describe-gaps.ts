import type { SnapshotCoverage, SnapshotFailure } from "../../core/contract/snapshot-coverage.ts";
import { qualifiedPlural, type SnapshotKind } from "../../core/contract/snapshot-kind.ts";
import { chooseKinds } from "../../core/snapshot/discovery/choose-kinds.ts";
import { nameSome } from "../name-some.ts";
import { isSelected } from "../../core/snapshot/match-name.ts";

export type Look = { readonly kind: SnapshotKind; readonly namespace: string | undefined };

/** Sentences about what a snapshot does not hold of a kind, and why, so that nobody takes it for what wasn't there. */
export function describeGaps({ options, failures, omissions }: SnapshotCoverage, { kind, namespace }: Look): readonly string[] {
  const name = qualifiedPlural(kind);
  if (chooseKinds([kind], options).length === 0) return [`The snapshot was not to hold ${name}.`];
  const isSeen = (place: string): boolean => namespace === undefined || place === "" || place === namespace;
  const { only, except } = options.namespaces;
  return [
    ...failures
      .filter(({ verb, resource, namespace: place }) => verb === "list" && resource === name && isSeen(place))
      // What was read in this namespace instead is there.
      .filter(({ instead }) => namespace === undefined || instead?.namespaces.includes(namespace) !== true)
      .slice(0, mostFailures)
      .map(
        (failure) =>
          `${name} of ${failure.namespace === "" ? "all namespaces together" : failure.namespace} could not be listed${renderInstead(failure)}: ${failure.message}`,
      ),
    ...omissions.filter(({ what }) => what === name).map(({ why, count }) => `${name}: ${count} left out: ${why}.`),
    ...(options.labelSelector === undefined ? [] : [`The snapshot holds only objects with ${options.labelSelector}.`]),
    ...(kind.namespaced && namespace !== undefined && !isSelected(options.namespaces, [namespace]) ? [`The snapshot leaves namespace ${namespace} out.`] : []),
    ...(kind.namespaced && namespace === undefined && only.length + except.length > 0
      ? [`The snapshot holds only namespaces ${[...only, ...except.map((each) => `!${each}`)].join(",")}.`]
      : []),
  ];
}

const mostFailures = 5;

const renderInstead = ({ instead }: SnapshotFailure): string =>
  instead === undefined || instead.count === 0
    ? ""
    : `, only those of ${instead.count} of ${instead.known} known namespaces (${nameSome(instead.namespaces, instead.count)})`;
