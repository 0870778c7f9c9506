import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { splitItems } from "../../../../core/snapshot/objects/split-items.ts";

async function* inChunks(text: string, size: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

async function split(text: string, size = 7): Promise<{ readonly items: readonly string[]; readonly metadata: object }> {
  const list = splitItems(inChunks(text, size));
  const items: string[] = [];
  for await (const some of list.items) items.push(...some.map((item) => item.text.toString("utf8")));
  return { items, metadata: list.metadata() };
}

test("objects come as they were written: large numbers, spaces, odd keys and brackets in texts", async () => {
  const items = ['{"a":12345678901234567890,"b":1.0}', '{ "items" : [ {"x":"]}\\"{"} ] }', '{"ü\\u0041":"\\\\"}', "{}"];
  const text = ` {"kind":"PodList","metadata":{"continue":"abc","items":[1]}, "items": [ ${items.join(" ,\n")} ],"x":"{[" }`;
  for (const size of [1, 2, 3, 1000]) assert.deepEqual(await split(text, size), { items, metadata: { continue: "abc", items: [1] } }, `chunks of ${size}`);
});

test("a list without objects is one", async () => {
  for (const items of ["null", "[]"])
    assert.deepEqual(await split(`{"items":${items},"metadata":{"resourceVersion":"1"}}`), { items: [], metadata: { resourceVersion: "1" } });
});

test("what is in a list and is no object is left out", async () => {
  assert.deepEqual((await split('{"items":[1,"{}",{"a":1},[{"b":2}],null]}')).items, ['{"a":1}']);
});

const unreadable: readonly string[] = ["", "<html>no</html>", "[]", '{"items":[{"a":1}', '{"kind":"Status"}', '{"items":[{"a":1}]}}', '{"a":"items":[{}]}'];
for (const text of unreadable) test(`${JSON.stringify(text)} is no list`, () => assert.rejects(split(text), { name: "RequestFailure", reason: "Unreadable" }));

test("something endless that is no list ends", async () => {
  await assert.rejects(split(`{"a":"${"x".repeat(5 * 1024 * 1024)}`, 65_536), { reason: "Unreadable" });
});

test("whatever objects there are, and however they are cut, they come back", async () => {
  const list = fc.record({
    apiVersion: fc.string(),
    items: fc.array(fc.dictionary(fc.string(), fc.jsonValue())),
    metadata: fc.dictionary(fc.string(), fc.jsonValue()),
  });
  await fc.assert(
    fc.asyncProperty(list, fc.integer({ min: 1, max: 40 }), async (value, size) => {
      const { items, metadata } = await split(JSON.stringify(value), size);
      assert.deepEqual([items, JSON.stringify(metadata)], [value.items.map((item) => JSON.stringify(item)), JSON.stringify(value.metadata)]);
    }),
  );
});
