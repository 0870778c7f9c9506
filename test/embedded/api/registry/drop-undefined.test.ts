import assert from "node:assert/strict";
import { test } from "node:test";
import { dropUndefined } from "../../../../embedded/api/registry/drop-undefined.ts";

test("fields that are undefined go, at any depth", () => {
  const object = { metadata: { name: "x", labels: undefined, annotations: { a: "b" } }, spec: { list: [{ a: undefined, b: null }, 1, []] } };
  assert.deepEqual(dropUndefined(object as never), { metadata: { name: "x", annotations: { a: "b" } }, spec: { list: [{ b: null }, 1, []] } });
});

test("an object without any is the same one", () => {
  const object = { metadata: { name: "x" }, spec: { list: [{ b: null }] } };
  assert.equal(dropUndefined(object), object);
});
