import { qualifiedPlural, snapshotFile, type SnapshotKind } from "../../contract/snapshot-kind.ts";
import type { SnapshotOptions } from "../../contract/snapshot-options.ts";
import { tarballPaths } from "../../contract/tarball-layout.ts";
import { findDnsLabelProblems } from "../../kubernetes/names.ts";
import type { Budget } from "../budget.ts";
import { isSecret } from "../discovery/choose-kinds.ts";
import { isSelected } from "../match-name.ts";
import type { Asker } from "../requests/ask.ts";
import { RequestFailure } from "../requests/request-failure.ts";
import type { SnapshotRecord } from "../snapshot-record.ts";
import type { SnapshotWriter } from "../snapshot-writer.ts";
import { cleanSecret, type Item } from "./clean-item.ts";
import type { NamespaceFinder } from "./find-namespaces.ts";
import { createListFiles, type ListFiles } from "./list-files.ts";
import { readList } from "./read-list.ts";

export type KindReading = {
  readonly asker: Asker;
  readonly files: SnapshotWriter;
  readonly record: SnapshotRecord;
  readonly budget: Budget;
  readonly options: SnapshotOptions;
  readonly findNamespaces: NamespaceFinder;
  /** Told of each object that is kept. */
  readonly onItem: (item: Item) => void;
  readonly signal: AbortSignal;
};

/** Writes all objects of a kind, from one list over all namespaces or, where that is refused, from one in each that is permitted. True if something could be listed. */
export async function readKind(kind: SnapshotKind, reading: KindReading): Promise<boolean> {
  const { files, options, record, findNamespaces } = reading;
  const lists = createListFiles(files, (namespace) => pathOf(kind, namespace));
  const taking: Taking = { kind, lists, places: new Map(), left: options.maxObjectsPerKind, isFull: false };
  const named = namedNamespaces(kind, options);
  try {
    if (named) return (await readEach(named, taking, reading)) > 0;
    let refused: RequestFailure | undefined;
    const seen = await record.ask(asked(taking, ""), () =>
      readPlace("", taking, reading).catch((error: unknown) => {
        // Only where nothing came: of what came nothing is read twice.
        if (kind.namespaced && error instanceof RequestFailure && error.code === 403 && taking.left === options.maxObjectsPerKind) refused = error;
        throw error;
      }),
    );
    if (refused === undefined) return seen !== undefined;
    return (await readEach(await findNamespaces(kind), taking, reading)) > 0;
  } finally {
    await lists.end();
  }
}

/** What one kind has taken so far; `left` counts objects. */
type Taking = { readonly kind: SnapshotKind; readonly lists: ListFiles; readonly places: Map<string, Place>; left: number; isFull: boolean };

type Place = "wanted" | "unwanted" | "unsafe";

function pathOf(kind: SnapshotKind, namespace: string): string {
  const file = snapshotFile(kind);
  return namespace === "" ? tarballPaths.clusterResource(file) : tarballPaths.namespaceResource(namespace, file);
}

/** Where a few namespaces are named, the others' objects need not come. */
function namedNamespaces({ namespaced }: SnapshotKind, { namespaces: { only, except } }: SnapshotOptions): readonly string[] | undefined {
  if (!namespaced || only.length === 0 || only.length > 10 || only.some((name) => findDnsLabelProblems(name).length > 0)) return undefined;
  return [...new Set(only)].filter((name) => isSelected({ only: [], except }, [name]));
}

async function readEach(namespaces: readonly string[], taking: Taking, reading: KindReading): Promise<number> {
  let seen = 0;
  for (const namespace of namespaces.toSorted()) {
    if (taking.isFull) break;
    if ((await reading.record.ask(asked(taking, namespace), () => readPlace(namespace, taking, reading))) !== undefined) seen++;
  }
  return seen;
}

const asked = (taking: Taking, namespace: string): Parameters<SnapshotRecord["ask"]>[0] => {
  const before = taking.left;
  return {
    queryobj: snapshotFile(taking.kind),
    verb: "list",
    resource: qualifiedPlural(taking.kind),
    namespace,
    objects: () => before - taking.left,
  };
};

/** One list, of all namespaces for "". */
async function readPlace(namespace: string, taking: Taking, reading: KindReading): Promise<true> {
  const { asker, record, options, signal } = reading;
  const { kind } = taking;
  const resource = qualifiedPlural(kind);
  const root = kind.group === "" ? `/api/${kind.version}` : `/apis/${kind.group}/${kind.version}`;
  const onDropped = (count: number): void => {
    if (count > 0) record.omit({ what: resource, why: "no object, or one of more than 64 MiB", count });
  };
  const pages = readList(asker, {
    path: `${root}${namespace === "" ? "" : `/namespaces/${namespace}`}/${kind.plural}`,
    labelSelector: options.labelSelector,
    kind: { apiVersion: kind.group === "" ? kind.version : `${kind.group}/${kind.version}`, kind: kind.kind },
    ...(isSecret(kind) && { accept: metadataOnly, clean: cleanSecret }),
    onDropped,
    signal,
  });
  for await (const { items, remaining = 0 } of pages)
    for (const [index, item] of items.entries()) {
      if (!(await keep(item, taking, reading))) {
        record.omit({
          what: resource,
          why: taking.left === 0 ? "the limit of objects of one kind" : "the limit of the snapshot's size",
          count: items.length - index + remaining,
        });
        taking.isFull = true;
        return true;
      }
    }
  return true;
}

/** No server sends a Secret's data to whoever asks so. */
const metadataOnly = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

/** False once there is no room any more. */
async function keep(item: Item, taking: Taking, { options, budget, record, onItem }: KindReading): Promise<boolean> {
  const { kind, lists, places } = taking;
  const namespace = kind.namespaced ? item.namespace : "";
  const place = kind.namespaced ? (places.get(namespace) ?? judgePlace(namespace, options)) : "wanted";
  places.set(namespace, place);
  if (place === "unsafe") record.omit({ what: qualifiedPlural(kind), why: "in a namespace whose name is none", count: 1 });
  if (place !== "wanted") return true;
  if (taking.left === 0 || !budget.take(item.text.length)) return false;
  if (await lists.add(namespace, item.text)) {
    taking.left--;
    onItem(item);
  } else record.omit({ what: qualifiedPlural(kind), why: "they came in no order, and were too many for memory", count: 1 });
  return true;
}

/** A namespace's name becomes a folder's. */
function judgePlace(namespace: string, { namespaces }: SnapshotOptions): Place {
  if (findDnsLabelProblems(namespace).length > 0) return "unsafe";
  return isSelected(namespaces, [namespace]) ? "wanted" : "unwanted";
}
