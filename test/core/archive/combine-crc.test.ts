import assert from "node:assert/strict";
import { test } from "node:test";
import { crc32 } from "node:zlib";
import * as fc from "fast-check";
import { combineCrc } from "../../../core/archive/combine-crc.ts";

test("the checksum of two parts is that of the whole, whatever they are", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.uint8Array({ maxLength: 300 }), (first, second) => {
      const whole = Buffer.concat([first, second]);
      assert.deepEqual(combineCrc({ size: first.length, crc32: crc32(first) }, { size: second.length, crc32: crc32(second) }), {
        size: whole.length,
        crc32: crc32(whole),
      });
    }),
  );
});

test("parts of more than 4 GiB combine: zeros in front of which zeros are put", () => {
  const zeros = (size: number): { size: number; crc32: number } => {
    if (size === 1) return { size, crc32: crc32(Buffer.alloc(1)) };
    const half = zeros(Math.floor(size / 2));
    const even = combineCrc(half, half);
    return size % 2 === 0 ? even : combineCrc(even, zeros(1));
  };
  const size = 5 * 1024 ** 3 + 12_345;
  assert.deepEqual(combineCrc(zeros(1), zeros(size - 1)), combineCrc(zeros(size - 7), zeros(7)));
});
