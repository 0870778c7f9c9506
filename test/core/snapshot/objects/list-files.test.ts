import assert from "node:assert/strict";
import { test } from "node:test";
import { createListFiles } from "../../../../core/snapshot/objects/list-files.ts";
import { memoryWriter } from "../memory-writer.ts";

const object = (name: string, padding = 0): Buffer => Buffer.from(JSON.stringify({ name, padding: "x".repeat(padding) }));

async function write(objects: readonly (readonly [namespace: string, name: string])[], padding = 0): Promise<{ taken: boolean[]; names: unknown }> {
  const { writer, files } = memoryWriter();
  const lists = createListFiles(writer, (namespace) => `${namespace || "cluster"}.json`);
  const taken: boolean[] = [];
  for (const [namespace, name] of objects) taken.push(await lists.add(namespace, object(name, padding)));
  await lists.end();
  const names = Object.fromEntries(
    [...files].map(([file, text]) => [file, (JSON.parse(text) as { items: { name: string }[] }).items.map((item) => item.name)]),
  );
  return { taken, names };
}

test("each namespace has a list of its own, in whatever order few objects come", async () => {
  const { taken, names } = await write([
    ["a", "1"],
    ["b", "2"],
    ["a", "3"],
    ["", "4"],
  ]);
  assert.deepEqual([taken, names], [[true, true, true, true], { "a.json": ["1", "3"], "b.json": ["2"], "cluster.json": ["4"] }]);
});

test("nothing gives no file", async () => assert.deepEqual(await write([]), { taken: [], names: {} }));

const megabyte = 1024 * 1024;

test("a namespace that is too large for memory is written while its objects come, and others before and behind it", async () => {
  const large = Array.from({ length: 9 }, (_, index): [string, string] => ["b", String(index)]);
  const { taken, names } = await write([["a", "x"], ...large, ["c", "y"]], megabyte);
  assert.deepEqual([taken.every(Boolean), names], [true, { "a.json": ["x"], "b.json": large.map(([, name]) => name), "c.json": ["y"] }]);
});

test("of many objects in no order those are refused whose file is closed", async () => {
  const { taken, names } = await write(
    [
      ["a", "1"],
      ["b", "2"],
      ["b", "3"],
      ["b", "4"],
      ["b", "5"],
      ["a", "6"],
      ["b", "7"],
    ],
    megabyte,
  );
  assert.deepEqual(taken, [true, true, true, true, true, false, true]);
  assert.deepEqual(names, { "a.json": ["1"], "b.json": ["2", "3", "4", "5", "7"] });
});

for (const size of [1, megabyte])
  test(`a writer that fails is told to whoever adds, with objects of ${size} bytes`, async () => {
    const lists = createListFiles({ put: () => Promise.reject(new Error("disk full")) }, () => "x");
    await assert.rejects(
      async () => {
        for (let count = 0; count < 30; count++) await lists.add("a", object("a", size));
        await lists.end();
      },
      { message: "disk full" },
    );
  });
