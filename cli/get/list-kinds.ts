import { snapshotFile, type SnapshotKind } from "../../core/contract/snapshot-kind.ts";
import type { OpenedSnapshot } from "../offline/open-snapshot.ts";
import { wellKnownKinds } from "./well-known-kinds.ts";

/** The kinds that a snapshot can tell of: those that the server served, or in a tarball of Sonobuoy's those of which it has files. */
export function listKinds({ kinds, lists }: Pick<OpenedSnapshot, "kinds" | "lists">): readonly SnapshotKind[] {
  if (kinds) return kinds;
  const namespacedOf = new Map(lists.map(({ file, namespace }) => [file, namespace !== ""]));
  const found = [...namespacedOf].flatMap(([file, namespaced]) => parseFile(file, namespaced) ?? []);
  return found.toSorted((one, other) => rank(one) - rank(other));
}

function parseFile(file: string, namespaced: boolean): SnapshotKind | undefined {
  const [, named = "", version = "", plural = ""] = /^([^_]+)_(v[^_]+)_([^_]+)$/.exec(file) ?? [];
  if (plural === "") return undefined;
  const group = named === "core" ? "" : named;
  const known = wellKnownKinds.get(group === "" ? plural : `${plural}.${group}`);
  const [kind = "", ...shortNames] = known ?? [];
  return { group, version, plural, kind, singular: kind.toLowerCase(), shortNames, namespaced };
}

const rank = ({ group }: SnapshotKind): number => (group === "" ? 0 : group.includes(".") ? 2 : 1);

/** A kind's files, those of its namespaces in order; `namespace` is undefined for all of them. */
export function filesOf(
  { lists }: Pick<OpenedSnapshot, "lists">,
  kind: SnapshotKind,
  namespace: string | undefined,
): readonly OpenedSnapshot["lists"][number][] {
  const file = snapshotFile(kind);
  const fitting = lists.filter((list) => list.file === file && (!kind.namespaced || namespace === undefined || list.namespace === namespace));
  return fitting.toSorted((one, other) => (one.namespace < other.namespace ? -1 : 1));
}
