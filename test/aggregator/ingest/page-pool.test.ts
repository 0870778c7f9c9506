import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { createPagePool } from "../../../aggregator/ingest/page-pool.ts";

const page = 64 * 1024;

for (const pieceBytes of [1, 1000, page - 1, page, page + 1, 3 * page])
  test(`a body that comes in pieces of ${pieceBytes} bytes is held as it came`, () => {
    const held = createPagePool({ poolBytes: 8 * page, bodyBytes: 8 * page }).hold();
    const content = randomBytes(3 * page + 5);
    for (let at = 0; at < content.length; at += pieceBytes) assert.ok(held.add(content.subarray(at, at + pieceBytes)));
    assert.ok(Buffer.concat(held.pieces()).equals(content));
    assert.equal(held.size, content.length);
  });

test("a body takes no more than its share, and takes a piece whole or not at all", () => {
  const held = createPagePool({ poolBytes: 8 * page, bodyBytes: 2 * page }).hold();
  assert.ok(held.add(Buffer.alloc(page + 1)));
  assert.equal(held.add(Buffer.alloc(page)), false);
  assert.equal(held.size, page + 1);
  assert.ok(held.add(Buffer.alloc(page - 1)));
});

test("all bodies together take no more than the pool, and what is released serves the next", () => {
  const pool = createPagePool({ poolBytes: 3 * page, bodyBytes: 2 * page });
  const [one, two] = [pool.hold(), pool.hold()];
  assert.ok(one.add(Buffer.alloc(2 * page, "1")));
  assert.equal(two.add(Buffer.alloc(page + 1)), false);
  assert.ok(two.add(Buffer.alloc(page, "2")));
  one.release();
  assert.deepEqual([one.size, one.pieces()], [0, []]);
  assert.ok(two.add(Buffer.alloc(page, "3")));
  assert.ok(Buffer.concat(two.pieces()).equals(Buffer.concat([Buffer.alloc(page, "2"), Buffer.alloc(page, "3")])));
});
