import assert from "node:assert/strict";
import type { IncomingMessage } from "node:http";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { field, text } from "../../../../core/kubernetes/field.ts";
import { configMap, openServer } from "./open-server.ts";

const { api, server, open, call, type, keyOf } = await openServer();
const maps = "/api/v1/namespaces/space/configmaps";
const create = (...given: Parameters<typeof configMap>) => api.create(type("v1", "ConfigMap"), configMap(...given));
const label = (name: string, labels: Readonly<Record<string, string>>) =>
  api.modify(keyOf(configMap(name)), (object) => ({ ...object, metadata: { ...object.metadata, labels } }));

type Event = { readonly type: string; readonly name: string; readonly version: number; readonly object: unknown };

/** Events of a watch as they come; ends when the server ends it. */
async function* readEvents(response: IncomingMessage): AsyncGenerator<Event, void, void> {
  for await (const line of createInterface({ input: response })) {
    const { type: change, object } = JSON.parse(line) as { readonly type: string; readonly object: unknown };
    yield { type: change, name: text(field(object, "metadata", "name")), version: Number(field(object, "metadata", "resourceVersion")), object };
  }
}

async function take(events: AsyncGenerator<Event, void, void>, count: number): Promise<readonly string[]> {
  const taken: string[] = [];
  while (taken.length < count) {
    const { value, done } = await events.next();
    if (done === true) break;
    taken.push(`${value.type} ${value.name}`);
  }
  return taken;
}

test("a watch begins with what there is, and tells each change once", async () => {
  create("one");
  const events = readEvents(await open(`${maps}?watch=1&fieldSelector=metadata.name%3Done`));
  assert.deepEqual(await take(events, 1), ["ADDED one"]);
  create("other");
  label("one", { a: "b" });
  api.delete(keyOf(configMap("one")));
  assert.deepEqual(await take(events, 2), ["MODIFIED one", "DELETED one"]);
  await events.return();
});

test("a watch from a revision begins with what came after it", async () => {
  const { resourceVersion = "" } = create("two").metadata;
  label("two", { a: "b" });
  create("three");
  const events = readEvents(await open(`${maps}?watch=true&resourceVersion=${resourceVersion}`));
  assert.deepEqual(await take(events, 2), ["MODIFIED two", "ADDED three"]);
  api.delete(keyOf(configMap("three")));
  assert.deepEqual(await take(events, 1), ["DELETED three"]);
  await events.return();
});

test("what comes into a selection is added and what leaves it deleted, also from the past", async () => {
  const { resourceVersion = "" } = create("moving").metadata;
  const change = (): void => {
    label("moving", { in: "yes" });
    label("moving", { in: "yes", more: "1" });
    label("moving", {});
  };
  change();
  const expected = ["ADDED moving", "MODIFIED moving", "DELETED moving"];
  const past = readEvents(await open(`${maps}?watch=1&labelSelector=in%3Dyes&resourceVersion=${resourceVersion}`));
  assert.deepEqual(await take(past, 3), expected);
  change();
  assert.deepEqual(await take(past, 3), expected);
  await past.return();
});

test("a streamed list ends its first part with a bookmark", async () => {
  const query = "watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&fieldSelector=metadata.name%3Dtwo";
  const events = readEvents(await open(`${maps}?${query}`));
  assert.deepEqual(await take(events, 1), ["ADDED two"]);
  const { value } = await events.next();
  assert.deepEqual([value?.type, value?.version], ["BOOKMARK", api.store.revision()]);
  assert.equal(field(value?.object, "metadata", "annotations", "k8s.io/initial-events-end"), "true");
  label("two", { c: "d" });
  assert.deepEqual(await take(events, 1), ["MODIFIED two"]);
  await events.return();
});

test("a watch that lasts long enough gets a bookmark before its time is over", async () => {
  const events = readEvents(await open(`${maps}?watch=1&resourceVersion=${api.store.revision()}&allowWatchBookmarks=true&timeoutSeconds=3`));
  assert.deepEqual(await take(events, 1), ["BOOKMARK "]);
  await events.return();
});

test("a revision that is compacted away is an error in the stream", async () => {
  const before = api.store.revision();
  create("four");
  server.faults.compact();
  const events = readEvents(await open(`${maps}?watch=1&resourceVersion=${before}`));
  const { value } = await events.next();
  assert.deepEqual([value?.type, field(value?.object, "code"), field(value?.object, "reason")], ["ERROR", 410, "Expired"]);
  assert.equal((await events.next()).done, true);
});

test("no change is lost or doubled by a client whose watches end again and again", async () => {
  const total = 300;
  let { resourceVersion = "" } = create("counter", { n: "0" }).metadata;
  const seen: number[] = [];
  let written = 0;
  const write = (): void => {
    for (const stop = Math.min(written + 10, total); written < stop;) {
      written++;
      api.modify(keyOf(configMap("counter")), (object) => ({ ...object, data: { n: String(written) } }));
    }
    if (seen.length % 3 === 0) server.faults.closeWatches();
  };
  while (seen.length < total) {
    const events = readEvents(await open(`${maps}?watch=1&fieldSelector=metadata.name%3Dcounter&resourceVersion=${resourceVersion}`));
    write();
    for await (const { object, version } of events) {
      seen.push(Number(field(object, "data", "n")));
      resourceVersion = String(version);
      if (seen.length === written) write();
      if (seen.length === total) break;
    }
  }
  assert.deepEqual(
    seen,
    Array.from({ length: total }, (_, index) => index + 1),
  );
});

test("a reader that does not keep up is ended without a gap in what it got", async () => {
  create("flood", { n: "0" });
  const response = await open(`${maps}?watch=1&fieldSelector=metadata.name%3Dflood&resourceVersion=${api.store.revision()}`);
  response.pause();
  for (let n = 1; n <= 3000; n++) api.modify(keyOf(configMap("flood")), (object) => ({ ...object, data: { n: String(n), more: "x".repeat(5000) } }));
  const seen: number[] = [];
  for await (const { object } of readEvents(response)) seen.push(Number(field(object, "data", "n")));
  assert.ok(seen.length > 0 && seen.length < 3000, String(seen.length));
  assert.deepEqual(
    seen,
    seen.map((_, index) => index + 1),
  );
});

test("a watch that its client leaves costs nothing any more", async () => {
  const response = await open(`${maps}?watch=1`);
  response.destroy();
  const table = await call(`${maps}?watch=1&timeoutSeconds=1&fieldSelector=metadata.name%3Dtwo`, {
    headers: { accept: "application/json;as=Table;v=v1;g=meta.k8s.io" },
  });
  assert.match(table.text, /^\{"type":"ADDED","object":\{"kind":"Table",.*"columnDefinitions":\[\{"name":"Name"/);
});
