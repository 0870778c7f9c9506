import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import type { ResourceType } from "../resource-type.ts";
import type { ObjectKey, Store, StoreEvent } from "./store.ts";
import { pathOf } from "./store.ts";

type Shelf = { readonly objects: Map<string, KubernetesObject>; readonly paths: string[] };
type Listener = { readonly call: (event: StoreEvent) => void; readonly after: number; readonly signal: AbortSignal };

/** A store in memory that remembers at least its last `history` changes; listeners hear of changes in the order of revisions, also of those that listeners make. */
export function createMemoryStore({ history = 10_000 }: { readonly history?: number } = {}): Store {
  const shelves = new Map<string, Shelf>();
  const listeners = new Set<Listener>();
  const undelivered: StoreEvent[] = [];
  let log: StoreEvent[] = [];
  let revision = 1;
  let compacted = 1;
  let delivering = false;

  function commit(type: StoreEvent["type"], key: ObjectKey, object: KubernetesObject): KubernetesObject {
    revision++;
    const stored = freeze({ ...object, metadata: { ...object.metadata, resourceVersion: String(revision) } });
    const shelf = shelfOf(shelves, key.type);
    const path = pathOf(key);
    const at = lowerBound(shelf.paths, path);
    const old = shelf.objects.get(path);
    if (type === "DELETED") {
      shelf.objects.delete(path);
      shelf.paths.splice(at, 1);
    } else {
      shelf.objects.set(path, stored);
      if (type === "ADDED") shelf.paths.splice(at, 0, path);
    }
    const event: StoreEvent = { type, revision, object: stored, key, ...(old && { old }) };
    log.push(event);
    // Cut rarely, so that a write costs the same whatever the log's length.
    if (log.length >= 2 * history) log = log.slice(-history);
    compacted = Math.max(compacted, (log[0]?.revision ?? 1) - 1);
    undelivered.push(event);
    deliver();
    return stored;
  }

  function deliver(): void {
    if (delivering) return;
    delivering = true;
    for (let event = undelivered.shift(); event !== undefined; event = undelivered.shift()) for (const listener of listeners) tell(listener, event);
    delivering = false;
  }

  return {
    revision: () => revision,
    get: (key) => shelves.get(shelfName(key.type))?.objects.get(pathOf(key)),
    list(type, namespace = "") {
      const shelf = shelves.get(shelfName(type));
      if (shelf === undefined) return [];
      // "0" is the character after "/".
      const paths = namespace === "" ? shelf.paths : shelf.paths.slice(lowerBound(shelf.paths, `${namespace}/`), lowerBound(shelf.paths, `${namespace}0`));
      return paths.map((path) => shelf.objects.get(path)).filter((object) => object !== undefined);
    },
    put(key, object) {
      const isNew = shelves.get(shelfName(key.type))?.objects.has(pathOf(key)) !== true;
      return commit(isNew ? "ADDED" : "MODIFIED", key, object);
    },
    remove(key) {
      const last = shelves.get(shelfName(key.type))?.objects.get(pathOf(key));
      return last === undefined ? undefined : commit("DELETED", key, last);
    },
    since: (after) => (after < compacted ? undefined : log.slice(Math.max(0, after + 1 - (log[0]?.revision ?? 0)))),
    listen(call, signal) {
      if (signal.aborted) return;
      const listener = { call, after: revision, signal };
      listeners.add(listener);
      signal.addEventListener("abort", () => listeners.delete(listener), { once: true });
    },
    compact() {
      log = [];
      compacted = revision;
    },
  };
}

/** One that registered while older changes were still on their way has read them already. */
function tell({ call, after, signal }: Listener, event: StoreEvent): void {
  if (event.revision <= after || signal.aborted) return;
  try {
    call(event);
  } catch (error) {
    process.emitWarning(error instanceof Error ? error : String(error));
  }
}

/** All versions of a kind are one shelf. */
const shelfName = ({ group, plural }: ResourceType): string => `${group}/${plural}`;

function shelfOf(shelves: Map<string, Shelf>, type: ResourceType): Shelf {
  const shelf = shelves.get(shelfName(type)) ?? { objects: new Map(), paths: [] };
  shelves.set(shelfName(type), shelf);
  return shelf;
}

/** The first place whose path is not before `path`. */
function lowerBound(paths: readonly string[], path: string): number {
  let low = 0;
  let high = paths.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((paths[middle] ?? "") < path) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What is frozen already is shared with the object's last state. */
function freeze<Value>(value: Value): Value {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const part of Object.values(value)) freeze(part);
  return value;
}
