import type { SnapshotKind } from "../../contract/snapshot-kind.ts";
import { findSubdomainProblems } from "../../kubernetes/names.ts";
import { list, text } from "../../kubernetes/field.ts";

/** What discovery says of a resource, in whichever of its forms. */
export type FoundResource = { readonly group: string; readonly version: string; readonly namespaced: boolean } & Readonly<
  Record<"plural" | "kind" | "singular" | "shortNames" | "verbs", unknown>
>;

/** A resource that can be listed; undefined for others, for subresources, and for names that would lead out of a path. */
export function parseKind({ group, version, namespaced, ...rest }: FoundResource): SnapshotKind | undefined {
  const [plural, kind] = [text(rest.plural), text(rest.kind)];
  const isSafe = [...(group === "" ? [] : [group]), version, plural].every((name) => findSubdomainProblems(name).length === 0);
  // A group that is called as the one without a name is called here would share its files.
  if (!isSafe || kind === "" || group === "core" || !list(rest.verbs).includes("list")) return undefined;
  const shortNames = list(rest.shortNames).filter((name) => typeof name === "string");
  return { group, version, kind, plural, singular: text(rest.singular) || kind.toLowerCase(), shortNames, namespaced };
}
