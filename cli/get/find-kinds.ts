import { KnownError } from "../../core/contract/known-error.ts";
import { nearestName } from "../../core/contract/nearest-name.ts";
import { qualifiedPlural, type SnapshotKind } from "../../core/contract/snapshot-kind.ts";

/** The kinds that were asked for, `all` or by plural, singular, short name or kind, with .group or .version.group behind it; KnownError "wrong-usage" for one that isn't known. */
export function findKinds(words: readonly string[], kinds: readonly SnapshotKind[], path: string): readonly SnapshotKind[] {
  const found = words.flatMap((word) =>
    word === "all" ? inAll.flatMap((name) => findKind(name, kinds) ?? []) : (findKind(word, kinds) ?? refuse(word, kinds, path)),
  );
  return [...new Set(found)];
}

/** What kubectl's `all` means. */
const inAll = [
  "pods",
  "replicationcontrollers",
  "services",
  "daemonsets.apps",
  "deployments.apps",
  "replicasets.apps",
  "statefulsets.apps",
  "horizontalpodautoscalers.autoscaling",
  "cronjobs.batch",
  "jobs.batch",
];

/** Where several groups have a kind of this name it is the first one's, as kubectl has it. */
function findKind(word: string, kinds: readonly SnapshotKind[]): SnapshotKind | undefined {
  const wanted = word.toLowerCase();
  return (
    kinds.find((kind) => namesOf(kind).includes(wanted)) ??
    kinds.find((kind) =>
      namesOf(kind).some((name) => wanted === `${name}.${kind.group}` || wanted === `${name}.${kind.version}.${kind.group}`.replace(/\.$/, "")),
    )
  );
}

const namesOf = ({ plural, singular, kind, shortNames }: SnapshotKind): readonly string[] =>
  [plural, singular, kind.toLowerCase(), ...shortNames].filter((name) => name !== "");

function refuse(word: string, kinds: readonly SnapshotKind[], path: string): never {
  const nearest = nearestName(word, kinds.flatMap(namesOf));
  throw new KnownError("wrong-usage", `${path}: has no kind ${JSON.stringify(word)}${nearest === undefined ? "." : `; did you mean ${nearest}?`}`, {
    hint: `It knows of: ${renderSome(kinds.map(qualifiedPlural))}.`,
  });
}

/** A server may have hundreds. */
const mostNamed = 30;

const renderSome = (names: readonly string[]): string =>
  names.length === 0 ? "none" : names.slice(0, mostNamed).join(", ") + (names.length > mostNamed ? ` and ${names.length - mostNamed} more` : "");
