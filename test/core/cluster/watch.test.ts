import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { test } from "node:test";
import type { Cluster, WatchQuery } from "../../../core/cluster/cluster.ts";
import { isKnownError } from "../../../core/contract/known-error.ts";
import type { Received } from "./api-server.ts";
import { answerJson, recorded, replay, startApiServer } from "./api-server.ts";

const query: WatchQuery = { apiVersion: "v1", kind: "Pod", namespace: "asdic", labelSelector: "a=b" };
const pod = (name: string, resourceVersion: string, more: object = {}) => ({
  metadata: { name, namespace: "asdic", uid: `uid-${name}`, resourceVersion, ...more },
});
const listOf = (resourceVersion: string, ...items: readonly object[]) => ({ kind: "PodList", metadata: { resourceVersion }, items });
const line = (type: string, object: object): string => `${JSON.stringify({ type, object })}\n`;
const expired = `{"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"too old resource version: 1 (5959)","reason":"Expired","code":410}}\n`;

type Step = (response: ServerResponse, request: Received) => void;

/** Answers requests in turn; what comes after the last step stays open. */
async function serve(...steps: readonly Step[]) {
  let turn = 0;
  return startApiServer((request, response) => {
    const step = steps[turn++];
    if (step) step(response, request);
    else response.writeHead(200);
  });
}

const list =
  (...args: Parameters<typeof listOf>): Step =>
  (response) =>
    answerJson(response, listOf(...args));
const events =
  (...lines: readonly string[]): Step =>
  (response) =>
    void response.writeHead(200).end(lines.join(""));

/** The first `count` events, as words. */
async function take(cluster: Cluster, count: number): Promise<readonly string[]> {
  const words: string[] = [];
  for await (const event of cluster.watch(query)) {
    words.push(
      event.type === "synced" ? "synced" : `${event.type} ${event.object.kind} ${event.object.metadata.name}@${event.object.metadata.resourceVersion}`,
    );
    if (words.length === count) break;
  }
  return words;
}

test("a watch gives what is there, synced, and then the changes", async () => {
  const { cluster, received } = await serve(
    list("10", pod("a", "3"), pod("b", "4")),
    events(line("ADDED", pod("c", "11")), line("MODIFIED", pod("a", "12")), line("DELETED", pod("b", "13"))),
  );
  assert.deepEqual(await take(cluster, 6), ["set Pod a@3", "set Pod b@4", "synced", "set Pod c@11", "set Pod a@12", "gone Pod b@13"]);
  const watch = received[1]?.query;
  assert.deepEqual(Object.fromEntries(watch ?? []), {
    watch: "true",
    allowWatchBookmarks: "true",
    timeoutSeconds: "290",
    resourceVersion: "10",
    labelSelector: "a=b",
  });
});

test("a real server's watch is read to its bookmark, from which the next one goes on", async () => {
  const body = recorded["watch"]?.body ?? "";
  const bookmark: unknown = JSON.parse(body.split("\n").at(-1) ?? "");
  const { cluster, received } = await serve(list("1"), events(body, "\n"), events(line("ADDED", pod("z", "9999"))));
  assert.deepEqual(
    (await take(cluster, 5)).map((word) => word.replace(/@.*/, "")),
    ["synced", "set ConfigMap a", "set ConfigMap a", "gone ConfigMap a", "set Pod z"],
  );
  assert.equal(received[2]?.query.get("resourceVersion"), (bookmark as { object: { metadata: { resourceVersion: string } } }).object.metadata.resourceVersion);
});

test("managed fields, the largest part of most objects, are left out", async () => {
  const { cluster } = await serve(list("1"), events(`${recorded["watch"]?.body}\n`));
  for await (const event of cluster.watch(query)) {
    if (event.type === "synced") continue;
    assert.deepEqual(Object.keys(event.object.metadata).toSorted(), ["creationTimestamp", "name", "namespace", "resourceVersion", "uid"]);
    break;
  }
});

test("events cut into chunks anywhere, of any length, arrive whole", async () => {
  const text = line("ADDED", pod("ü", "11", { annotations: { big: "é".repeat(1_500_000) } })) + line("ADDED", pod("d", "12"));
  const { cluster } = await serve(list("10"), (response) => {
    const bytes = Buffer.from(text);
    response.writeHead(200);
    for (let start = 0; start < bytes.length; start += 70_001) response.write(bytes.subarray(start, start + 70_001));
  });
  assert.deepEqual(await take(cluster, 3), ["synced", "set Pod ü@11", "set Pod d@12"]);
});

test("a connection that breaks is made again from the last event, without a second synced", async () => {
  const { cluster, received } = await serve(
    list("10", pod("a", "3")),
    (response) => {
      response.writeHead(200).write(line("MODIFIED", pod("a", "11")) + `{"type":"MODI`);
      setTimeout(() => response.destroy(), 20);
    },
    (response) => void response.writeHead(503).end(),
    events(line("MODIFIED", pod("a", "12"))),
  );
  assert.deepEqual(await take(cluster, 4), ["set Pod a@3", "synced", "set Pod a@11", "set Pod a@12"]);
  assert.deepEqual(
    received.slice(1).map((request) => request.query.get("resourceVersion")),
    ["10", "11", "11"],
  );
});

for (const [name, forget] of [
  ["an event", events(expired)],
  ["a status", (response: ServerResponse) => replay(response, "list-expired")],
] as const)
  test(`when the server has forgotten (410 as ${name}), the list is read again: vanished objects are gone, unchanged ones silent`, async () => {
    const { cluster } = await serve(
      list("10", pod("a", "3"), pod("b", "4"), pod("c", "5")),
      forget,
      list("20", pod("a", "3"), pod("c", "15"), pod("d", "16")),
      events(line("ADDED", pod("e", "21"))),
    );
    assert.deepEqual(await take(cluster, 8), [
      "set Pod a@3",
      "set Pod b@4",
      "set Pod c@5",
      "synced",
      "set Pod c@15",
      "set Pod d@16",
      "gone Pod b@4",
      "set Pod e@21",
    ]);
  });

test("an object made again under the same name while nobody looked is gone first", async () => {
  const { cluster } = await serve(
    list("10", pod("a", "3")),
    events(expired),
    list("20", { metadata: { name: "a", namespace: "asdic", uid: "other", resourceVersion: "15" } }),
  );
  assert.deepEqual(await take(cluster, 4), ["set Pod a@3", "synced", "gone Pod a@3", "set Pod a@15"]);
});

test("garbage in the stream starts a new connection", async () => {
  const { cluster } = await serve(list("10"), events("not json\n"), events("null\n"), events(line("ADDED", pod("a", "11"))));
  assert.deepEqual(await take(cluster, 2), ["synced", "set Pod a@11"]);
});

test("a server that cannot answer at first is asked until it can", async () => {
  const refuse: Step = (response) => void response.writeHead(503).end();
  const { cluster } = await serve(refuse, refuse, refuse, refuse, refuse, list("10", pod("a", "3")));
  assert.deepEqual(await take(cluster, 2), ["set Pod a@3", "synced"]);
});

for (const [answer, code] of [
  ["forbidden-list", "cluster-refused"],
  ["unauthorized", "credentials-expired"],
  ["unknown-group", "not-found"],
] as const)
  test(`a refusal for good ends the watch: ${answer}`, async () => {
    const { cluster } = await serve((response) => replay(response, answer));
    await assert.rejects(take(cluster, 1), (error) => isKnownError(error) && error.code === code);
  });

test("a running watch outlives the refusals of a server that is just starting", async () => {
  const refuse: Step = (response) => replay(response, "forbidden-list");
  const { cluster } = await serve(list("10"), refuse, refuse, refuse, events(line("ADDED", pod("a", "11"))));
  assert.deepEqual(await take(cluster, 2), ["synced", "set Pod a@11"]);
});

test("a running watch ends when it stays refused", async () => {
  const { cluster } = await serve(list("10"), ...Array.from({ length: 20 }, (): Step => (response) => replay(response, "forbidden-list")));
  await assert.rejects(take(cluster, 2), { message: `You may not watch pods in namespace "asdic".` });
});

test("the signal's reason ends a watch, whether it waits for events or for the next try", async () => {
  for (const steps of [[list("10")], [(response: ServerResponse) => void response.writeHead(503).end()]]) {
    const { cluster } = await serve(...steps);
    const stop = new AbortController();
    const reason = new Error("enough");
    setTimeout(() => stop.abort(reason), 50);
    const follow = async (): Promise<void> => {
      for await (const event of cluster.watch({ ...query, signal: stop.signal })) assert.ok(event);
    };
    await assert.rejects(follow(), (error) => error === reason);
  }
});

test("leaving the loop closes the connection", async () => {
  let closed: (() => void) | undefined;
  const isClosed = new Promise<void>((resolve) => (closed = resolve));
  const { cluster } = await serve(list("10"), (response) => {
    response.on("close", () => closed?.());
    response.writeHead(200).write(line("ADDED", pod("a", "11")));
  });
  assert.deepEqual(await take(cluster, 2), ["synced", "set Pod a@11"]);
  await isClosed;
});
