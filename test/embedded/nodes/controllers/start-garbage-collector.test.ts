import assert from "node:assert/strict";
import { test } from "node:test";
import { startGarbageCollector } from "../../../../embedded/nodes/controllers/garbage/start-garbage-collector.ts";
import { keyOf } from "../../../../embedded/objects/object-key.ts";
import { openStage, settle } from "../stage.ts";

type Owners = readonly { readonly name: string; readonly uid: string; readonly blocks?: boolean }[];

function startCollecting(t: Parameters<typeof openStage>[0]) {
  const stage = openStage(t);
  startGarbageCollector(stage.cluster);
  const map = (name: string, owners: Owners = [], more = ""): string => {
    const references = owners.map(
      (owner) => `{apiVersion: v1, kind: ConfigMap, name: ${owner.name}, uid: "${owner.uid}", blockOwnerDeletion: ${owner.blocks === true}}`,
    );
    const [created] = stage.create(`{apiVersion: v1, kind: ConfigMap, metadata: {name: ${name}, ownerReferences: [${references.join(", ")}]${more}}}`);
    return created?.metadata.uid ?? "";
  };
  const remove = (name: string, propagationPolicy: "Background" | "Foreground" | "Orphan" = "Background"): void => {
    const object = stage.find("v1", "ConfigMap", name);
    assert.ok(object);
    stage.api.delete(keyOf(stage.api, object), { propagationPolicy });
  };
  const release = (name: string): void => {
    const object = stage.find("v1", "ConfigMap", name);
    assert.ok(object);
    stage.api.modify(keyOf(stage.api, object), (old) => ({ ...old, metadata: { ...old.metadata, finalizers: [] } }));
  };
  return { ...stage, map, remove, release, names: () => stage.listOf("v1", "ConfigMap").map(({ metadata }) => metadata.name) };
}

test("what a deleted object owned goes too, down to the last descendant", async (t) => {
  const { map, remove, names } = startCollecting(t);
  const child = map("child", [{ name: "parent", uid: map("parent") }]);
  map("grandchild", [{ name: "child", uid: child }]);
  map("stranger");
  await settle();
  assert.equal(names().length, 4);
  remove("parent");
  await settle();
  assert.deepEqual(names(), ["stranger"]);
});

test("an object whose owner never was, or is another of that name, goes", async (t) => {
  const { map, names } = startCollecting(t);
  map("parent");
  map("child", [{ name: "parent", uid: "another" }]);
  map("orphan", [{ name: "nobody", uid: "nothing" }]);
  await settle();
  assert.deepEqual(names(), ["parent"]);
});

test("an object with one owner left stays, and forgets the other", async (t) => {
  const { map, remove, names, find } = startCollecting(t);
  const [one, other] = [map("one"), map("other")];
  map("child", [
    { name: "one", uid: one },
    { name: "other", uid: other },
  ]);
  remove("one");
  await settle();
  assert.deepEqual(names(), ["child", "other"]);
  assert.deepEqual(
    find("v1", "ConfigMap", "child")?.metadata.ownerReferences?.map(({ name }) => name),
    ["other"],
  );
});

test("an owner deleted in the foreground waits for those that block it, not for others", async (t) => {
  const { map, remove, release, names } = startCollecting(t);
  const parent = map("parent");
  map("blocking", [{ name: "parent", uid: parent, blocks: true }], ", finalizers: [example.com/hold]");
  map("other", [{ name: "parent", uid: parent }], ", finalizers: [example.com/hold]");
  await settle();
  remove("parent", "Foreground");
  await settle();
  assert.deepEqual(names(), ["blocking", "other", "parent"]);
  release("blocking");
  await settle();
  assert.deepEqual(names(), ["other"]);
});

test("orphans stay and have no owner any more", async (t) => {
  const { map, remove, names, find } = startCollecting(t);
  map("child", [{ name: "parent", uid: map("parent") }]);
  await settle();
  remove("parent", "Orphan");
  await settle();
  assert.deepEqual(names(), ["child"]);
  assert.equal(find("v1", "ConfigMap", "child")?.metadata.ownerReferences, undefined);
});

test("an owner of the cluster is found from every namespace, and one of an unknown kind counts as there", async (t) => {
  const { create, find, api } = startCollecting(t);
  const namespace = find("v1", "Namespace", "ns");
  create(
    `{apiVersion: v1, kind: ConfigMap, metadata: {name: a, ownerReferences: [{apiVersion: v1, kind: Namespace, name: ns, uid: "${namespace?.metadata.uid}"}]}}`,
  );
  create("{apiVersion: v1, kind: ConfigMap, metadata: {name: b, ownerReferences: [{apiVersion: example.com/v1, kind: Thing, name: x, uid: u}]}}");
  const [role] = create(
    "{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: r, ownerReferences: [{apiVersion: v1, kind: Pod, name: p, uid: u}]}, rules: []}",
  );
  await settle();
  assert.ok(find("v1", "ConfigMap", "a") && find("v1", "ConfigMap", "b"));
  assert.ok(role && api.find(keyOf(api, role)));
});
