import { once } from "node:events";
import type { ServerResponse } from "node:http";
import type { JsonObject } from "../../../core/contract/json.ts";
import { createSelect } from "../registry/select.ts";
import { buildStatus, expired } from "../status-error.ts";
import type { ApiRequest } from "./api-request.ts";
import { createLines } from "./create-lines.ts";
import type { ListOptions } from "./parse-list-options.ts";
import { parseListOptions } from "./parse-list-options.ts";
import { createEventWriter } from "./render-object.ts";
import { isOfType, selectEvent } from "../registry/select-event.ts";
import type { WatchEvent } from "../registry/select-event.ts";
import { writeHead } from "./send.ts";

/** A reader that is so many events behind has to begin anew, as with the API server. */
const maxBehind = 1000;
const bookmarkEvery = 60_000;

/** Of a timer, in milliseconds. */
const longest = 2 ** 31 - 1;

/** Streams changes as lines of JSON until the client goes, its time is over or it reads too slowly. Throws StatusError, but only before the first byte. */
export async function answerWatch(request: ApiRequest): Promise<void> {
  const { api, response, type, key, faults, signal } = request;
  const { store } = api;
  const options = parseListOptions(request.query, true, store.revision());
  const fieldSelector = key.name === "" ? options.fieldSelector : `metadata.name=${key.name}`;
  const isChosen = createSelect(type, { namespace: key.namespace, labelSelector: options.labelSelector, fieldSelector });
  const write = createEventWriter(request);
  const bookmark = (annotations?: JsonObject): string =>
    write("BOOKMARK", { metadata: { resourceVersion: String(store.revision()), ...(annotations && { annotations }) } });

  const found = readFirst(request, options, isChosen);
  const first = found === undefined ? [write("ERROR", buildStatus(tooOld(options, store.revision())))] : found.map((event) => write(event.type, event.object));
  if (options.initialEvents === true && options.bookmarks) first.push(bookmark({ "k8s.io/initial-events-end": "true" }));
  const lines = createLines(first, maxBehind);
  const ended = new AbortController();
  ended.signal.addEventListener("abort", () => lines.end(), { once: true });
  const after = Math.max(options.revision ?? 0, store.revision());
  const listen = AbortSignal.any([signal, ended.signal]);
  store.listen((event) => {
    if (event.revision <= after || !isOfType(event.key, type)) return;
    const seen = selectEvent(event, isChosen);
    if (seen) lines.push(write(seen.type, seen.object));
  }, listen);
  const timers = startTimers(options, { bookmark: () => lines.push(bookmark()), end: () => ended.abort() });
  signal.addEventListener("abort", () => ended.abort(), { once: true });
  if (signal.aborted || found === undefined) ended.abort();
  faults.watches.add(ended);
  try {
    writeHead(response, 200, { "content-type": "application/json" });
    response.flushHeaders();
    for await (const line of lines.read()) if (!(await writeLine(response, line, signal))) return;
    response.end();
  } finally {
    ended.abort();
    faults.watches.delete(ended);
    for (const timer of timers) clearTimeout(timer);
  }
}

/** What a watch begins with: the state there is, or the changes since a revision; undefined when those are compacted away. */
function readFirst({ api, type, key }: ApiRequest, options: ListOptions, isChosen: Parameters<typeof selectEvent>[1]): readonly WatchEvent[] | undefined {
  const { revision = 0, initialEvents } = options;
  if (initialEvents === true || (revision === 0 && initialEvents === undefined)) {
    const there = api.store.list(type, key.namespace).filter((object) => isChosen(object));
    return there.map((object) => ({ type: "ADDED", object }));
  }
  if (revision === 0) return [];
  const events = api.store.since(revision);
  return events
    ?.filter((event) => isOfType(event.key, type))
    .map((event) => selectEvent(event, isChosen))
    .filter((event) => event !== undefined);
}

const tooOld = ({ revision = 0 }: ListOptions, oldest: number) => expired(`too old resource version: ${revision} (${oldest})`);

function startTimers({ timeoutSeconds, bookmarks }: ListOptions, actions: { bookmark(): void; end(): void }): readonly NodeJS.Timeout[] {
  // As the API server, which spreads its clients' reconnections over half an hour.
  const seconds = timeoutSeconds !== undefined && timeoutSeconds > 0 ? timeoutSeconds : 1800 * (1 + Math.random());
  const finish = setTimeout(() => actions.end(), Math.min(seconds * 1000, longest));
  const timers = bookmarks
    ? [
        finish,
        ...(seconds > 2 ? [setTimeout(() => actions.bookmark(), Math.min((seconds - 2) * 1000, longest))] : []),
        setInterval(() => actions.bookmark(), bookmarkEvery),
      ]
    : [finish];
  return timers.map((timer) => timer.unref());
}

/** False when the client is gone. */
async function writeLine(response: ServerResponse, line: string, signal: AbortSignal): Promise<boolean> {
  if (response.destroyed || signal.aborted) return false;
  if (response.write(line)) return true;
  try {
    await once(response, "drain", { signal });
    return true;
  } catch {
    return false;
  }
}
