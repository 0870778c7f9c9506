import { qualifiedPlural, snapshotFile, type SnapshotKind } from "../../contract/snapshot-kind.ts";
import type { SnapshotOptions } from "../../contract/snapshot-options.ts";
import { findDnsLabelProblems } from "../../kubernetes/names.ts";
import { isSecret } from "../discovery/choose-kinds.ts";
import { isSelected } from "../match-name.ts";
import type { Asker } from "../requests/ask.ts";
import { RequestFailure } from "../requests/request-failure.ts";
import type { SnapshotRecord } from "../snapshot-record.ts";
import { cleanSecret } from "./clean-item.ts";
import { createTaking, type Taking, type TakingInput } from "./create-taking.ts";
import type { NamespaceFinder } from "./find-namespaces.ts";
import { readList } from "./read-list.ts";

export type KindReading = TakingInput & {
  readonly asker: Asker;
  readonly findNamespaces: NamespaceFinder;
  readonly signal: AbortSignal;
};

/** Writes all objects of a kind, from one list over all namespaces or, where that is refused, from one in each that is permitted. True if something could be listed. */
export async function readKind(kind: SnapshotKind, reading: KindReading): Promise<boolean> {
  const taking = createTaking(kind, reading);
  const place: PlaceReading = { ...reading, kind, taking };
  const named = namedNamespaces(kind, reading.options);
  try {
    if (named) return (await readEach(named, place)).length > 0;
    let isRefused = false;
    const seen = await reading.record.ask(asked(place, ""), () =>
      readPlace("", place).catch((error: unknown) => {
        // Only where nothing came: of what came nothing is read twice.
        isRefused = kind.namespaced && error instanceof RequestFailure && error.code === 403 && taking.taken() === 0;
        throw error;
      }),
    );
    if (!isRefused) return seen !== undefined;
    const { namespaces, known } = await reading.findNamespaces(kind);
    const read = await readEach(namespaces, place);
    reading.record.readInstead(qualifiedPlural(kind), { namespaces: read.slice(0, mostNamed), count: read.length, known });
    return read.length > 0;
  } finally {
    await taking.end();
  }
}

const mostNamed = 20;

/** Where a few namespaces are named, the others' objects need not come. */
function namedNamespaces({ namespaced }: SnapshotKind, { namespaces: { only, except } }: SnapshotOptions): readonly string[] | undefined {
  if (!namespaced || only.length === 0 || only.length > 10 || only.some((name) => findDnsLabelProblems(name).length > 0)) return undefined;
  return [...new Set(only)].filter((name) => isSelected({ only: [], except }, [name]));
}

type PlaceReading = KindReading & { readonly kind: SnapshotKind; readonly taking: Taking };

async function readEach(namespaces: readonly string[], reading: PlaceReading): Promise<readonly string[]> {
  const seen: string[] = [];
  for (const namespace of namespaces.toSorted()) {
    if (reading.taking.limit() !== undefined) break;
    if ((await reading.record.ask(asked(reading, namespace), () => readPlace(namespace, reading))) !== undefined) seen.push(namespace);
  }
  return seen;
}

function asked({ kind, taking }: PlaceReading, namespace: string): Parameters<SnapshotRecord["ask"]>[0] {
  const before = taking.taken();
  return { queryobj: snapshotFile(kind), verb: "list", resource: qualifiedPlural(kind), namespace, objects: () => taking.taken() - before };
}

/** One list, of all namespaces for "". */
async function readPlace(namespace: string, { asker, record, options, signal, kind, taking }: PlaceReading): Promise<true> {
  const what = qualifiedPlural(kind);
  const root = kind.group === "" ? `/api/${kind.version}` : `/apis/${kind.group}/${kind.version}`;
  let [isFull, left] = [false, 0];
  let behind: number | undefined;
  const pages = readList(asker, {
    path: `${root}${namespace === "" ? "" : `/namespaces/${namespace}`}/${kind.plural}`,
    labelSelector: options.labelSelector,
    kind: { apiVersion: kind.group === "" ? kind.version : `${kind.group}/${kind.version}`, kind: kind.kind },
    ...(isSecret(kind) && { accept: metadataOnly, clean: cleanSecret }),
    onDropped: (count) => {
      if (count > 0) record.omit({ what, why: "no object, or one of more than 64 MiB", count });
    },
    onPageEnd: (remaining) => {
      behind = remaining;
    },
    signal,
  });
  for await (const items of pages) {
    // The page in which the room ended has been counted to its end, where it says how many objects stand behind it.
    if (isFull && behind !== undefined) break;
    for (const item of items) {
      if (!isFull && (await taking.take(item))) continue;
      if (!isFull) [isFull, behind] = [true, undefined];
      left++;
    }
  }
  if (isFull) record.omit({ what, why: taking.limit() ?? "", count: left + (behind ?? 0) });
  return true;
}

/** No server sends a Secret's data to whoever asks so. */
const metadataOnly = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
