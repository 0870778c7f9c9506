import assert from "node:assert/strict";
import { test } from "node:test";
import type { Selection } from "../../../../embedded/api/registry/api.ts";
import { objectOf, openRegistry, refusalOf } from "./open-registry.ts";

function openWatch(selection: Selection = {}) {
  const registry = openRegistry();
  const { api, typeOf, keyOf } = registry;
  const ending = new AbortController();
  const seen: string[] = [];
  const create = (name: string, app: string, namespace = "shop") => api.create(typeOf("configmaps"), objectOf(name, {}, { namespace, labels: { app } }));
  const relabel = (name: string, app: string) => api.modify(keyOf("configmaps", name), (old) => ({ ...old, metadata: { ...old.metadata, labels: { app } } }));
  const watch = () =>
    api.watch(typeOf("configmaps"), { ...selection, signal: ending.signal }, ({ type, object }) => {
      seen.push(
        `${type} ${object.metadata.name} ${object.metadata.labels?.["app"]} ${object.metadata.resourceVersion === String(api.store.revision()) ? "now" : "before"}`,
      );
    });
  return { ...registry, create, relabel, watch, seen, ending };
}

test("a watch tells of what is there and of each later change until it is ended", () => {
  const { api, keyOf, create, relabel, watch, seen, ending } = openWatch();
  create("b", "web");
  create("a", "web");
  watch();
  create("c", "web");
  relabel("a", "db");
  api.delete(keyOf("configmaps", "b"));
  ending.abort();
  create("d", "web");
  assert.deepEqual(seen, ["ADDED a web now", "ADDED b web before", "ADDED c web now", "MODIFIED a db now", "DELETED b web now"]);
});

test("what enters a selection is added, what leaves it is deleted in its last selected state", () => {
  const { api, keyOf, create, relabel, watch, seen } = openWatch({ labelSelector: "app=web", namespace: "shop" });
  create("a", "web");
  create("b", "db");
  watch();
  create("c", "web", "other");
  relabel("b", "web");
  relabel("a", "db");
  relabel("a", "queue");
  api.delete(keyOf("configmaps", "a"));
  api.delete(keyOf("configmaps", "b"));
  assert.deepEqual(seen, ["ADDED a web before", "ADDED b web now", "DELETED a web now", "DELETED b web now"]);
});

test("changes that a call back makes come in order, after what was there", () => {
  const { api, typeOf, create } = openWatch();
  create("a", "1");
  create("b", "1");
  const seen: string[] = [];
  api.watch(typeOf("configmaps"), { signal: new AbortController().signal }, ({ object: { metadata } }) => {
    seen.push(metadata.name);
    if (metadata.name === "a") create("c", "1");
    if (metadata.name === "c") create("d", "1");
  });
  assert.deepEqual(seen, ["a", "b", "c", "d"]);
});

test("selectors that can't be read are refused before anything is told", () => {
  const { watch, seen } = openWatch({ labelSelector: "a in" });
  assert.deepEqual([refusalOf(watch).code, seen], [400, []]);
});

test("a list is selected by labels and fields", () => {
  const { api, typeOf, create } = openWatch();
  create("a", "web");
  create("b", "web");
  create("c", "web", "other");
  const names = (selection: Selection) => api.list(typeOf("configmaps"), selection).map(({ metadata }) => metadata.name);
  assert.deepEqual(names({}), ["c", "a", "b"]);
  assert.deepEqual(names({ namespace: "shop", labelSelector: "app=web", fieldSelector: "metadata.name!=a" }), ["b"]);
});
