import { setTimeout as sleep } from "node:timers/promises";
import { isJsonObject } from "../contract/json.ts";
import { isKnownError } from "../contract/known-error.ts";
import type { KubernetesObject } from "../contract/kubernetes-object.ts";
import type { Link } from "./api-call.ts";
import { callApi } from "./api-call.ts";
import { backOff } from "./back-off.ts";
import type { WatchEvent, WatchQuery } from "./cluster.ts";
import { clusterFailure } from "./failure.ts";
import { listPages, selectors } from "./list.ts";
import { parseObject } from "./parse-object.ts";
import { readLines } from "./read-lines.ts";
import { resourcePath } from "./resource-path.ts";

/** Follows a kind's objects as `Cluster.watch` promises. */
export async function* watchObjects(link: Link, query: WatchQuery): AsyncGenerator<WatchEvent> {
  const { signal } = query;
  const known: Known = new Map();
  // Undefined: list first. Only what has been passed on moves it, so that nothing is missed in between.
  const position: Position = { resourceVersion: undefined };
  let isSynced = false;
  let failures = 0;
  let refusals = 0;
  for (;;) {
    let hasLife = false;
    try {
      signal?.throwIfAborted();
      if (position.resourceVersion === undefined) {
        yield* listChanges(link, { query, known, position });
        if (!isSynced) yield { type: "synced" };
        isSynced = true;
      }
      for await (const event of readChanges(link, { query, known, position })) {
        hasLife = true;
        if (event) yield event;
      }
    } catch (error) {
      signal?.throwIfAborted();
      if (isForGood(error) && (!isSynced || refusals >= patience || !isKnownError(error))) throw error;
      if (isForGood(error)) refusals++;
    }
    failures = hasLife ? 0 : failures + 1;
    if (hasLife) refusals = 0;
    await sleep(backOff(Math.max(failures - 1, 0), link.timing.backOff), undefined, signal && { signal }).catch(() => signal?.throwIfAborted());
  }
}

/** Refusals in a row that a running watch bears: a restarting API server refuses everyone until it has read its roles. */
const patience = 4;

/** Server-side end of a watch in seconds, so that a dead connection is noticed soon after it. */
const watchSeconds = 290;

/** Objects are below 2 MiB; an event of several times that is none. */
const maxEventBytes = 64 * 1024 * 1024;

type Known = Map<string, KubernetesObject>;
type Position = { resourceVersion: string | undefined };
type Watching = { readonly query: WatchQuery; readonly known: Known; readonly position: Position };

/** Everything there is, as changes against what is known. */
async function* listChanges(link: Link, { query, known, position }: Watching): AsyncGenerator<WatchEvent> {
  const seen = new Set<string>();
  let resourceVersion = "";
  for await (const page of listPages(link, query)) {
    for (const object of page.objects) {
      seen.add(keyOf(object));
      yield* setEvents(known, object, query);
    }
    ({ resourceVersion } = page);
  }
  for (const [key, object] of known) {
    if (seen.has(key)) continue;
    known.delete(key);
    yield { type: "gone", object };
  }
  position.resourceVersion = resourceVersion;
}

/** A changed object; first the end of another one of that name, which went unseen. */
function* setEvents(known: Known, object: KubernetesObject, query: WatchQuery): Generator<WatchEvent> {
  const key = keyOf(object);
  const before = known.get(key);
  const kept = reduce(object, query);
  if (before && before.metadata.uid !== object.metadata.uid) yield { type: "gone", object: before };
  else if (before?.metadata.resourceVersion !== undefined && before.metadata.resourceVersion === object.metadata.resourceVersion) return;
  known.set(key, kept);
  yield { type: "set", object: kept };
}

/** One watch request's changes until the server ends it; undefined is a sign of life. Throws what the server says is wrong. */
async function* readChanges(link: Link, { query, known, position }: Watching): AsyncGenerator<WatchEvent | undefined> {
  const address = {
    watch: "true",
    allowWatchBookmarks: "true",
    timeoutSeconds: String(watchSeconds),
    ...(position.resourceVersion !== undefined && { resourceVersion: position.resourceVersion }),
    ...selectors(query),
  };
  try {
    const request = {
      verb: "watch",
      method: "GET",
      resource: resourcePath(query),
      query: address,
      idleSeconds: watchSeconds + 40,
      signal: query.signal,
    } as const;
    for await (const line of readLines(await callApi(link, request), maxEventBytes)) {
      const { type, object } = parseEvent(line, query);
      if (type === "ERROR") {
        if (object["code"] === 410) position.resourceVersion = undefined;
        return;
      }
      if (type === "DELETED") {
        known.delete(keyOf(object));
        yield { type: "gone", object: reduce(object, query) };
      } else if (type === "BOOKMARK") yield undefined;
      else yield* setEvents(known, object, query);
      position.resourceVersion = object.metadata.resourceVersion ?? position.resourceVersion;
    }
  } catch (error) {
    if (clusterFailure(error)?.status === 410) position.resourceVersion = undefined;
    throw error;
  }
}

/** Without the largest part of most objects, which tells only who wrote them, and without what the caller has no use for. */
function reduce({ metadata: { managedFields: _managedFields, ...metadata }, ...rest }: KubernetesObject, query: WatchQuery): KubernetesObject {
  const object = { ...rest, metadata };
  return query.reduce?.(object) ?? object;
}

const keyOf = ({ metadata }: KubernetesObject): string => `${metadata.namespace ?? ""}/${metadata.name}`;

function parseEvent(line: string, type: WatchQuery): { readonly type: string; readonly object: KubernetesObject } {
  const event: unknown = JSON.parse(line);
  const object = isJsonObject(event) ? parseObject(event["object"], type) : undefined;
  if (!isJsonObject(event) || !object || typeof event["type"] !== "string") throw new SyntaxError("not a watch event");
  return { type: event["type"], object };
}

/** Whether asking again won't help: what the server does not allow or know, and credentials that can't be had; connections come back. */
function isForGood(error: unknown): boolean {
  const status = clusterFailure(error)?.status;
  if (status !== undefined) return status >= 400 && status < 500 && ![408, 409, 410, 429].includes(status);
  if (isKnownError(error)) return error.code !== "cluster-unreachable";
  return !(error instanceof SyntaxError) && !(error instanceof RangeError);
}
