import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { cleanItem, cleanSecret } from "../../../../core/snapshot/objects/clean-item.ts";

const kind = { apiVersion: "v1", kind: "Pod" };
const clean = (text: string): string | undefined => cleanItem(Buffer.from(text), kind)?.text.toString("utf8");

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
for (const [what, text, expected] of cases) test(what, () => assert.equal(clean(text), expected));

test("name and namespace are read, escapes and all", () => {
  const item = cleanItem(Buffer.from('{"metadata":{"namespace":"n\\u0061","name":"a\\"b"}}'), kind);
  assert.deepEqual([item?.namespace, item?.name], ["na", 'a"b']);
});

test("nothing else of an object changes, whatever it is", () => {
  const json = fc.dictionary(fc.string(), fc.jsonValue());
  fc.assert(
    fc.property(json, json, fc.boolean(), (rest, metadata, isManaged) => {
      const object = { ...rest, metadata: { ...metadata, name: "a", ...(isManaged && { managedFields: [{ x: 1 }] }) } };
      const { managedFields: _, ...kept } = object.metadata as Record<string, unknown>;
      const expected = { ...kind, ...object, metadata: kept };
      assert.equal(JSON.stringify(JSON.parse(clean(JSON.stringify(object)) ?? "null"), sorted), JSON.stringify(expected, sorted));
    }),
  );
});

/** Keys in order, so that only what is there is compared. */
const sorted = (_key: string, value: unknown): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value;

test("of a Secret nothing but metadata stays, even if a server sends all of it", () => {
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
  const item = cleanSecret(Buffer.from(JSON.stringify(secret)), { apiVersion: "v1", kind: "Secret" });
  assert.deepEqual(JSON.parse(item?.text.toString("utf8") ?? ""), {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "db", namespace: "shop", annotations: { team: "shop" } },
  });
  const escaped = '{"metadata":{"name":"a","annotations":{"kubectl.kubernetes.io\\/last-applied-configuration":"password"}}}';
  assert.doesNotMatch(cleanSecret(Buffer.from(escaped), kind)?.text.toString("utf8") ?? "password", /password/);
});
