import type { Json } from "../../contract/json.ts";
import { qualifiedPlural, snapshotFile, type SnapshotKind } from "../../contract/snapshot-kind.ts";
import type { SnapshotOptions } from "../../contract/snapshot-options.ts";
import { tarballPaths } from "../../contract/tarball-layout.ts";
import { findDnsLabelProblems } from "../../kubernetes/names.ts";
import type { Budget } from "../budget.ts";
import { isSelected } from "../match-name.ts";
import type { SnapshotRecord } from "../snapshot-record.ts";
import type { SnapshotFiles } from "../snapshot-files.ts";
import type { Item } from "./clean-item.ts";
import { createListFiles } from "./list-files.ts";

export type TakingInput = {
  readonly files: SnapshotFiles;
  readonly record: SnapshotRecord;
  readonly budget: Budget;
  readonly options: SnapshotOptions;
  /** Told of each object that is kept, and what it is where it was parsed. */
  readonly onItem: (item: Item, parsed: Json | undefined) => void;
};

/** The objects of one kind on their way into files. */
export type Taking = {
  /** False once there is no room any more, for this object or a later one. */
  take(item: Item): Promise<boolean>;
  readonly taken: () => number;
  /** Which limit has been reached, once one has. */
  readonly limit: () => string | undefined;
  /** Ends the files, whatever came. */
  end(): Promise<void>;
};

/** Takes nothing yet. Objects of other namespaces than the wanted ones are passed over, and those that can't be kept are noted. */
export function createTaking(kind: SnapshotKind, { files, record, budget, options, onItem }: TakingInput): Taking {
  const lists = createListFiles({ put: files.putList }, (namespace) => pathOf(kind, namespace));
  const places = new Map<string, Place>();
  const most = findMost(kind, options);
  let taken = 0;
  let limit: string | undefined;
  const omit = (why: string): void => record.omit({ what: qualifiedPlural(kind), why, count: 1 });
  return {
    taken: () => taken,
    limit: () => limit,
    end: () => lists.end(),
    take: async (item) => {
      const namespace = kind.namespaced ? item.namespace : "";
      const place = kind.namespaced ? (places.get(namespace) ?? judgePlace(namespace, options)) : "wanted";
      places.set(namespace, place);
      if (place === "unsafe") omit("in a namespace whose name is none");
      if (place !== "wanted") return true;
      if (taken >= most) limit = "the limit of objects of one kind";
      else if (!budget.take(item.text.length)) limit = "the limit of the snapshot's size";
      if (limit !== undefined) return false;
      const clean = files.cleanObject(pathOf(kind, namespace), item.text);
      if (clean === undefined) omit("could not be searched for secrets");
      else if (await lists.add(namespace, clean.text)) {
        taken++;
        onItem(item, clean.open);
      } else omit("they came in no order, and were too many for memory");
      return true;
    },
  };
}

function findMost(kind: SnapshotKind, { maxObjectsOf = {}, maxObjectsPerKind }: SnapshotOptions): number {
  const fitting = (names: readonly string[]): number | undefined =>
    Object.entries(maxObjectsOf).find(([name]) => isSelected({ only: [name], except: [] }, names))?.[1];
  return fitting([qualifiedPlural(kind)]) ?? fitting([kind.plural, kind.kind]) ?? maxObjectsPerKind;
}

type Place = "wanted" | "unwanted" | "unsafe";

function pathOf(kind: SnapshotKind, namespace: string): string {
  const file = snapshotFile(kind);
  return namespace === "" ? tarballPaths.clusterResource(file) : tarballPaths.namespaceResource(namespace, file);
}

/** A namespace's name becomes a folder's. */
function judgePlace(namespace: string, { namespaces }: SnapshotOptions): Place {
  if (findDnsLabelProblems(namespace).length > 0) return "unsafe";
  return isSelected(namespaces, [namespace]) ? "wanted" : "unwanted";
}
