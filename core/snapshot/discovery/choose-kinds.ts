import { qualifiedPlural, type SnapshotKind } from "../../contract/snapshot-kind.ts";
import type { SnapshotOptions } from "../../contract/snapshot-options.ts";
import { isSelected } from "../match-name.ts";

type Wishes = Pick<SnapshotOptions, "kinds" | "groups" | "secrets">;

/** The kinds that are wanted, what matters most first, so that a limit cuts the rest. */
export function chooseKinds(kinds: readonly SnapshotKind[], wishes: Wishes): readonly SnapshotKind[] {
  const chosen = kinds.filter((kind) => isWanted(kind, wishes));
  const rank = (kind: SnapshotKind): number => {
    const at = foremost.indexOf(qualifiedPlural(kind));
    return at === -1 ? foremost.length : at;
  };
  return chosen.toSorted((a, b) => rank(a) - rank(b));
}

/** Whether a kind holds secrets by its very purpose: of it nothing but metadata is ever kept. */
export const isSecret = ({ kind }: SnapshotKind): boolean => kind === "Secret";

function isWanted(kind: SnapshotKind, { kinds, groups, secrets }: Wishes): boolean {
  if (isSecret(kind) && secrets === "none") return false;
  const names = [kind.plural, kind.kind, qualifiedPlural(kind)];
  // The same objects as the core group's in another form; whoever wants that says so.
  if (kind.group === "events.k8s.io" && !kinds.only.some((name) => name.toLowerCase() === "events.events.k8s.io")) return false;
  return isSelected(kinds, names) && isSelected(groups, [kind.group === "" ? "core" : kind.group]);
}

/** The first two are what kubelets and logs wait for. */
const foremost = [
  "nodes",
  "pods",
  "namespaces",
  "events",
  "deployments.apps",
  "daemonsets.apps",
  "statefulsets.apps",
  "replicasets.apps",
  "jobs.batch",
  "services",
];
