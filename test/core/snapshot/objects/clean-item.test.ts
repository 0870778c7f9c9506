import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { cleanItem, cleanSecret } from "../../../../core/snapshot/objects/clean-item.ts";
import { createRoom } from "../../../../core/snapshot/objects/create-room.ts";
import type { ListItem } from "../../../../core/snapshot/objects/list-item.ts";
import { splitItems } from "../../../../core/snapshot/objects/split-items.ts";

const kind = { apiVersion: "v1", kind: "Pod" };
const input = { ...kind, room: createRoom() };

/** An object as it comes out of a list, in chunks of some bytes. */
async function listed(text: string, size = 5): Promise<ListItem> {
  async function* chunks(): AsyncGenerator<Buffer> {
    const bytes = Buffer.from(`{"kind":"List","metadata":{},"items":[1,["x"],${text}]}`);
    for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
  }
  const items: ListItem[] = [];
  for await (const some of splitItems(chunks()).items) items.push(...some);
  const [item] = items;
  assert.ok(item && items.length === 1);
  return item;
}

const clean = async (text: string): Promise<string | undefined> => cleanItem(await listed(text), input)?.text.toString("utf8");

const cases: readonly (readonly [what: string, text: string, expected: string | undefined])[] = [
  ["apiVersion and kind are added", '{"metadata":{"name":"a"}}', '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"}}'],
  ["those that are there stay", '{"kind":"X","apiVersion":"y/v1","metadata":{"name":"a"}}', '{"kind":"X","apiVersion":"y/v1","metadata":{"name":"a"}}'],
  [
    "managedFields in front",
    '{"kind":"X","apiVersion":"y","metadata":{"managedFields":[{"a":"]"}],"name":"a"},"n":1.0}',
    '{"kind":"X","apiVersion":"y","metadata":{"name":"a"},"n":1.0}',
  ],
  [
    "managedFields at the end",
    '{"kind":"X","apiVersion":"y","metadata":{"name":"a" , "managedFields" : []}}',
    '{"kind":"X","apiVersion":"y","metadata":{"name":"a"}}',
  ],
  [
    "managedFields twice, and one in a spec",
    '{"kind":"X","apiVersion":"y","metadata":{"managedFields":1,"name":"a","managedFields":[]},"spec":{"managedFields":[]}}',
    '{"kind":"X","apiVersion":"y","metadata":{"name":"a"},"spec":{"managedFields":[]}}',
  ],
  [
    "a number that no number of ours can be",
    '{"kind":"X","apiVersion":"y","metadata":{"name":"a"},"n":18446744073709551615}',
    '{"kind":"X","apiVersion":"y","metadata":{"name":"a"},"n":18446744073709551615}',
  ],
  ["no name", '{"metadata":{}}', undefined],
  ["no metadata", "{}", undefined],
  ["metadata that is no object", '{"metadata":"name"}', undefined],
];
for (const [what, text, expected] of cases) test(what, async () => assert.equal(await clean(text), expected));

test("name and namespace are read, escapes and all", async () => {
  const item = cleanItem(await listed('{"metadata":{"namespace":"n\\u0061","name":"a\\"b"}}'), input);
  assert.deepEqual([item?.namespace, item?.name], ["na", 'a"b']);
});

test("nothing else of an object changes, whatever it is", async () => {
  const json = fc.dictionary(fc.string(), fc.jsonValue());
  await fc.assert(
    fc.asyncProperty(json, json, fc.boolean(), async (rest, metadata, isManaged) => {
      const object = { ...rest, metadata: { ...metadata, name: "a", ...(isManaged && { managedFields: [{ x: 1 }] }) } };
      const { managedFields: _, ...kept } = object.metadata as Record<string, unknown>;
      const expected = { ...kind, ...object, metadata: kept };
      assert.equal(JSON.stringify(JSON.parse((await clean(JSON.stringify(object))) ?? "null"), sorted), JSON.stringify(expected, sorted));
    }),
  );
});

/** Keys in order, so that only what is there is compared. */
const sorted = (_key: string, value: unknown): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value;

test("of a Secret nothing but metadata stays, even if a server sends all of it", async () => {
  const secret = {
    apiVersion: "v1",
    kind: "Secret",
    data: { password: "cGFzc3dvcmQ=" },
    stringData: { password: "password" },
    metadata: {
      annotations: { "kubectl.kubernetes.io/last-applied-configuration": '{"data":{"password":"cGFzc3dvcmQ="}}', team: "shop" },
      managedFields: [{ f: "password" }],
      name: "db",
      namespace: "shop",
    },
    type: "Opaque",
  };
  const item = cleanSecret(await listed(JSON.stringify(secret)), { ...input, kind: "Secret" });
  assert.deepEqual(JSON.parse(item?.text.toString("utf8") ?? ""), {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "db", namespace: "shop", annotations: { team: "shop" } },
  });
  const escaped = '{"metadata":{"name":"a","annotations":{"kubectl.kubernetes.io\\/last-applied-configuration":"password"}}}';
  assert.doesNotMatch(cleanSecret(await listed(escaped), input)?.text.toString("utf8") ?? "password", /password/);
});

test("parts of an object are found where they stand, and nowhere else", async () => {
  const item = cleanItem(
    await listed(
      '{"spec":{"x":{"nodeName":"inner"},"nodeName" : "a" , "list":["nodeName"]},"metadata":{"name":"status","managedFields":[{"a":1}],"labels":{"b":"c"}},"status": [1] }',
    ),
    input,
  );
  const find = (key: string, inner?: string): string | undefined => item?.find(key, inner)?.toString("utf8");
  assert.deepEqual(
    [find("spec", "nodeName"), find("metadata"), find("status"), find("status", "nodeName"), find("nodeName"), find("metadata", "name")],
    ['"a"', '{"name":"status","labels":{"b":"c"}}', "[1]", undefined, undefined, '"status"'],
  );
});

const broken: readonly string[] = [
  '{"metadata":{"name":"a"} "kind":"X"}',
  '{"metadata":{"name":"a"}]}',
  '{"metadata":{"name":"a"}x}',
  '{"metadata":{"name":}}',
  '{x"metadata":{"name":"a"}}',
  '{"metadata":{"name":"a"},}',
  '{"metadata":{"name":"a",,"b":1}}',
];
for (const text of broken) test(`${text} is no object`, async () => assert.equal(await clean(text).catch(() => undefined), undefined));
