import type { JsonObject } from "../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { createSelect } from "../registry/select.ts";
import type { ResourceType } from "../resource-type.ts";
import { badRequest, expired } from "../status-error.ts";
import type { Store } from "../store/store.ts";
import { ContinueExpired, parseContinueToken, renderContinueToken } from "./continue-token.ts";
import type { ListOptions } from "./parse-list-options.ts";
import { readPastList } from "./past-list.ts";
import { pathOf } from "../store/store.ts";

/** A page of a list with the metadata of the list. */
export type Page = { readonly metadata: JsonObject; readonly items: readonly KubernetesObject[] };

/** The objects that a list asks for: of the newest revision, or all pages of the revision of the first. Throws StatusError 400, or 410 once that is compacted away. */
export function selectPage(store: Store, place: { readonly type: ResourceType; readonly namespace: string }, options: ListOptions): Page {
  const { labelSelector, fieldSelector } = options;
  const isChosen = createSelect(place.type, { labelSelector, fieldSelector });
  const { revision, start, objects } = readObjects(store, place, options);
  const prefix = place.namespace === "" ? "" : `${place.namespace}/`;
  const from = start === "" ? 0 : objects.findIndex((object) => pathOf(object.metadata) >= `${prefix}${start.slice(1)}`);
  const remaining = from < 0 ? [] : objects.slice(from);
  // A list of any revision comes whole: the real server gives it from its cache, which has no pages.
  const limit = options.limit === 0 || (options.revision === 0 && !options.exact) ? Infinity : options.limit;
  const { items, read } = takeChosen(remaining, limit, isChosen);
  const last = items.at(-1);
  const metadata: JsonObject = { resourceVersion: String(revision) };
  if (last === undefined || read === remaining.length) return { metadata, items };
  const token = renderContinueToken({ revision, start: `/${pathOf(last.metadata).slice(prefix.length)}\0` });
  const counted = labelSelector === "" && fieldSelector === "";
  return { metadata: { ...metadata, continue: token, ...(counted ? { remainingItemCount: remaining.length - items.length } : {}) }, items };
}

/** The first ones that are chosen, and how many were looked at: whether more of those behind are chosen is the next page's matter, as in the real server. */
function takeChosen(
  objects: readonly KubernetesObject[],
  limit: number,
  isChosen: (object: KubernetesObject) => boolean,
): { readonly items: readonly KubernetesObject[]; readonly read: number } {
  const items: KubernetesObject[] = [];
  for (const [index, object] of objects.entries()) {
    if (items.length >= limit) return { items, read: index };
    if (isChosen(object)) items.push(object);
  }
  return { items, read: objects.length };
}

type Found = { readonly revision: number; readonly start: string; readonly objects: readonly KubernetesObject[] };

function readObjects(store: Store, place: { readonly type: ResourceType; readonly namespace: string }, options: ListOptions): Found {
  const newest = (start: string): Found => ({ revision: store.revision(), start, objects: store.list(place.type, place.namespace) });
  if (options.continueFrom !== "") {
    if (options.revision !== undefined && options.revision !== 0) throw badRequest("specifying resource version is not allowed when using continue");
    const { revision, start } = parseContinueToken(options.continueFrom);
    if (revision < 0) return newest(start);
    const objects = readPastList(store, { ...place, revision });
    if (objects === undefined) throw new ContinueExpired(start);
    return { revision, start, objects };
  }
  if (!options.exact || options.revision === undefined) return newest("");
  const objects = readPastList(store, { ...place, revision: options.revision });
  if (objects === undefined) throw expired("The resourceVersion for the provided list is too old.");
  return { revision: options.revision, start: "", objects };
}
