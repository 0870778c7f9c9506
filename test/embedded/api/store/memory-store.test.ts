import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { builtInTypes } from "../../../../embedded/api/resource-types.ts";
import { createMemoryStore } from "../../../../embedded/api/store/memory-store.ts";
import type { ObjectKey, StoreEvent } from "../../../../embedded/api/store/store.ts";

const type = builtInTypes.find(({ kind }) => kind === "ConfigMap");
assert.ok(type);
const key = (namespace: string, name: string): ObjectKey => ({ type, namespace, name });
const object = (namespace: string, name: string, rest: object = {}) => ({ metadata: { namespace, name }, ...rest });

test("each write counts the revision up and is the object's resourceVersion", () => {
  const store = createMemoryStore();
  const first = store.put(key("a", "x"), object("a", "x"));
  const second = store.put(key("a", "x"), object("a", "x", { data: {} }));
  const removed = store.remove(key("a", "x"));
  assert.deepEqual(
    [first, second, removed].map((one) => Number(one?.metadata.resourceVersion)),
    [store.revision() - 2, store.revision() - 1, store.revision()],
  );
  assert.equal(store.remove(key("a", "x")), undefined);
});

test("a list is in the order of etcd's keys, of one namespace or of all", () => {
  const store = createMemoryStore();
  for (const path of ["b/x", "a/y", "a-b/x", "a/x", "a0/x", "a/x-1", "a/w"])
    store.put(key(path.split("/")[0] ?? "", path.split("/")[1] ?? ""), object("", path));
  assert.deepEqual(
    store.list(type).map(({ metadata }) => metadata.name),
    ["a-b/x", "a/w", "a/x", "a/x-1", "a/y", "a0/x", "b/x"],
  );
  assert.deepEqual(
    store.list(type, "a").map(({ metadata }) => metadata.name),
    ["a/w", "a/x", "a/x-1", "a/y"],
  );
});

test("what is stored is frozen to its last part", () => {
  const stored = createMemoryStore().put(key("a", "x"), object("a", "x", { data: { list: [{ deep: 1 }] } }));
  assert.throws(() => Object.assign(stored, { data: 1 }), TypeError);
  assert.ok(Object.isFrozen((stored["data"] as { list: object[] }).list[0]));
});

test("listeners hear of each change before the write returns, with what was there before", () => {
  const store = createMemoryStore();
  const heard: StoreEvent[] = [];
  store.listen((event) => heard.push(event), new AbortController().signal);
  const put = store.put(key("a", "x"), object("a", "x"));
  assert.equal(heard.length, 1);
  store.put(key("a", "x"), object("a", "x", { data: {} }));
  store.remove(key("a", "x"));
  assert.deepEqual(
    heard.map(({ type: what, old }) => [what, old?.metadata.resourceVersion]),
    [
      ["ADDED", undefined],
      ["MODIFIED", put.metadata.resourceVersion],
      ["DELETED", String(store.revision() - 1)],
    ],
  );
});

test("changes that listeners make are told in the order of revisions to all", () => {
  const store = createMemoryStore();
  const { signal } = new AbortController();
  const orders: number[][] = [[], []];
  store.listen((event) => {
    orders[0]?.push(event.revision);
    if (event.key.name === "x") store.put(key("a", "y"), object("a", "y"));
    if (event.key.name === "y") store.remove(key("a", "x"));
  }, signal);
  store.listen(({ revision }) => orders[1]?.push(revision), signal);
  store.put(key("a", "w"), object("a", "w"));
  store.put(key("a", "x"), object("a", "x"));
  const [first] = orders;
  assert.deepEqual(
    first,
    first?.toSorted((a, b) => a - b),
  );
  assert.deepEqual(orders[1], first);
});

test("who begins to listen inside a change hears later changes only", () => {
  const store = createMemoryStore();
  const { signal } = new AbortController();
  const heard: string[] = [];
  store.listen(({ key: { name } }) => {
    if (name !== "x") return;
    store.put(key("a", "y"), object("a", "y"));
    store.listen((event) => heard.push(event.key.name), signal);
  }, signal);
  store.put(key("a", "x"), object("a", "x"));
  store.put(key("a", "z"), object("a", "z"));
  assert.deepEqual(heard, ["z"]);
});

test("a listener that throws or has left keeps nobody else from hearing", async () => {
  const store = createMemoryStore();
  const leaving = new AbortController();
  const heard: string[] = [];
  const warned = once(process, "warning");
  store.listen(() => {
    leaving.abort();
    throw new Error("broken listener");
  }, new AbortController().signal);
  store.listen(() => heard.push("left"), leaving.signal);
  store.listen(() => heard.push("stays"), new AbortController().signal);
  store.put(key("a", "x"), object("a", "x"));
  assert.deepEqual(heard, ["stays"]);
  assert.equal((await warned)[0].message, "broken listener");
});

test("changes after a revision are given while the log holds them", () => {
  const store = createMemoryStore({ history: 4 });
  const start = store.revision();
  for (let index = 0; index < 6; index++) store.put(key("a", `x${index}`), object("a", `x${index}`));
  assert.deepEqual(
    store.since(start + 4)?.map(({ key: { name } }) => name),
    ["x4", "x5"],
  );
  assert.deepEqual(store.since(store.revision()), []);
  assert.equal(store.since(start)?.length, 6);
  for (let index = 6; index < 9; index++) store.put(key("a", `x${index}`), object("a", `x${index}`));
  assert.equal(store.since(start), undefined);
  assert.equal(store.since(store.revision() - 4)?.length, 4);
});

test("after a compaction only what comes later is known", () => {
  const store = createMemoryStore();
  store.put(key("a", "x"), object("a", "x"));
  const before = store.revision() - 1;
  store.compact();
  assert.equal(store.since(before), undefined);
  assert.deepEqual(store.since(store.revision()), []);
  store.put(key("a", "y"), object("a", "y"));
  assert.deepEqual(
    store.since(store.revision() - 1)?.map(({ key: { name } }) => name),
    ["y"],
  );
  assert.ok(store.get(key("a", "x")));
});
