import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { createByteReader } from "../../../core/archive/byte-reader.ts";
import { inPieces } from "./tar.ts";

const bytes = Buffer.from(Array.from({ length: 1000 }, (_, index) => index % 251));

test("bytes come as they are, however many are taken at a time and in whatever pieces they came", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 10 }), fc.integer({ min: 1, max: 400 }), async (counts, pieceBytes) => {
      const reader = createByteReader(inPieces(bytes, pieceBytes)[Symbol.asyncIterator]());
      let at = 0;
      for (const count of counts) {
        const taken = await reader.take(count);
        if (at + count > bytes.length) return assert.equal(taken, undefined);
        assert.deepEqual(taken, bytes.subarray(at, at + count));
        at += count;
      }
      assert.equal(await reader.isOver(), at === bytes.length);
    }),
  );
});
