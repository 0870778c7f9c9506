import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import { KnownError } from "../../core/contract/known-error.ts";
import type { SnapshotKind } from "../../core/contract/snapshot-kind.ts";
import { text } from "../../core/kubernetes/field.ts";
import { RequestFailure } from "../../core/snapshot/requests/request-failure.ts";
import { splitItems } from "../../core/snapshot/objects/split-items.ts";
import { readTarball } from "../../reports/read-tarball.ts";
import type { OpenedSnapshot } from "../offline/open-snapshot.ts";
import type { ListFile } from "../offline/parse-snapshot-path.ts";
import { filesOf } from "./list-kinds.ts";
import { parseListedObject, type ObjectChoice } from "./parse-listed-object.ts";

/** Objects of a kind that were asked for; `names` empty: all of them. */
export type WantedKind = { readonly kind: SnapshotKind; readonly names: readonly string[] };

/** What was made of a kind's objects, in the order of their names where these were given, else in the API server's. */
export type FoundKind<T> = { readonly kind: SnapshotKind; readonly objects: readonly FoundObject<T>[] };
export type FoundObject<T> = { readonly namespace: string; readonly name: string; readonly made: T };

export type ObjectReading<T> = Pick<ObjectChoice, "requirements" | "isExact"> & {
  /** Undefined: all. */
  readonly namespace: string | undefined;
  /** What is kept of an object. */
  readonly make: (object: KubernetesObject, kind: SnapshotKind) => T;
};

/** Reads the files of these kinds and no others, once; KnownError "invalid-tarball" for a file that is no list of objects. */
export async function readObjects<T>(snapshot: OpenedSnapshot, wanted: readonly WantedKind[], reading: ObjectReading<T>): Promise<readonly FoundKind<T>[]> {
  const parts = wanted.map((each) => ({ ...each, files: filesOf(snapshot, each.kind, reading.namespace) }));
  const wantedBy = new Map(parts.flatMap(({ files, ...each }) => files.map(({ entry }) => [entry, each])));
  const foundIn = new Map<string, readonly FoundObject<T>[]>();
  if (wantedBy.size > 0)
    await readTarball({ asItIs: snapshot.path }, async ({ name, open }) => {
      const each = wantedBy.get(name);
      if (each === undefined) return "more";
      foundIn.set(name, await readFile(await open(), each, reading).catch(refuseFile(snapshot.path, name)));
      return foundIn.size === wantedBy.size ? "enough" : "more";
    });
  const objectsOf = (files: readonly ListFile[]): readonly FoundObject<T>[] => files.flatMap(({ entry }) => foundIn.get(entry) ?? []);
  return parts.map(({ kind, names, files }) => ({
    kind,
    objects: names.length < 2 ? objectsOf(files) : objectsOf(files).toSorted((a, b) => names.indexOf(a.name) - names.indexOf(b.name)),
  }));
}

async function readFile<T>(
  body: AsyncIterable<Buffer>,
  { kind, names }: WantedKind,
  { requirements, isExact, make }: ObjectReading<T>,
): Promise<readonly FoundObject<T>[]> {
  const found: FoundObject<T>[] = [];
  const { items, metadata } = splitItems(body);
  for await (const texts of items)
    for (const { text: bytes } of texts) {
      const object = parseListedObject(bytes, kind, { names, requirements, isExact });
      if (object) found.push({ namespace: text(object.metadata.namespace), name: object.metadata.name, made: make(object, kind) });
    }
  // It throws where there was no list.
  metadata();
  return found;
}

const refuseFile =
  (path: string, name: string) =>
  (error: unknown): never => {
    if (!(error instanceof RequestFailure)) throw error;
    throw new KnownError("invalid-tarball", `${path}: ${name} is no list of objects.`, {
      hint: "Fetch the tarball again, or look at the file itself.",
      cause: error,
    });
  };
