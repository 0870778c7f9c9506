import pLimit from "p-limit";
import type { Json } from "../../contract/json.ts";
import type { SnapshotKind } from "../../contract/snapshot-kind.ts";
import type { Item } from "./clean-item.ts";
import { readKind, type KindReading } from "./read-kind.ts";

export type ObjectReading = Omit<KindReading, "onItem"> & {
  readonly onItem: (kind: SnapshotKind, item: Item, parsed: Json | undefined) => void;
  /** Before objects of a kind can be read. */
  readonly ready: (kind: SnapshotKind) => Promise<void>;
  /** Told of each kind of which something could be listed. */
  readonly onKind: () => void;
};

/** How reading is going on: each ends when all objects of these have come, or could not. */
export type ReadObjects = { readonly nodes: Promise<unknown>; readonly pods: Promise<unknown>; readonly all: Promise<unknown> };

const listsAtOnce = 6;

/** Reads kinds in the order given, several at once. */
export function readObjects(kinds: readonly SnapshotKind[], { onItem, onKind, ready, ...reading }: ObjectReading): ReadObjects {
  const limit = pLimit(listsAtOnce);
  const ends = kinds.map((kind) => ({
    kind,
    end: limit(async () => {
      await ready(kind);
      if (await readKind(kind, { ...reading, onItem: (item, parsed) => onItem(kind, item, parsed) })) onKind();
    }),
  }));
  const until = (isOne: (kind: SnapshotKind) => boolean): Promise<unknown> => Promise.all(ends.filter(({ kind }) => isOne(kind)).map(({ end }) => end));
  const isCore =
    (wanted: string) =>
    ({ group, plural }: SnapshotKind) =>
      group === "" && plural === wanted;
  return { nodes: until(isCore("nodes")), pods: until(isCore("pods")), all: until(() => true) };
}
