import assert from "node:assert/strict";
import { test } from "node:test";
import { constants, crc32, deflateRawSync } from "node:zlib";
import * as fc from "fast-check";
import { unpackSegment } from "../../../core/archive/unpack-segment.ts";
import { isKnownError } from "../../../core/contract/known-error.ts";
import { segment } from "./forge.ts";

const content = Buffer.from("a line of a log\n".repeat(5000));
const said = { size: content.length, crc32: crc32(content) };

test("a segment is what was compressed, or several of them one behind the other", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 5000 }), { maxLength: 4 }), async (parts) => {
      const whole = Buffer.concat(parts);
      const packed = Buffer.concat(parts.map((part) => segment(Buffer.from(part))));
      assert.deepEqual(await unpackSegment({ packed, size: whole.length, crc32: crc32(whole) }), whole);
    }),
    { numRuns: 50 },
  );
});

const good = segment(content);
const half = segment(content.subarray(0, 40_000));

for (const [what, packed, claim] of [
  ["has a last block: nothing behind it would be read", deflateRawSync(content), said],
  ["has a last block in its middle", Buffer.concat([deflateRawSync(content), good]), said],
  ["does not end at a byte", deflateRawSync(content, { finishFlush: constants.Z_PARTIAL_FLUSH }).subarray(0, -1), said],
  ["is cut off", good.subarray(0, -4), said],
  ["has a block at its end that swallows what follows", Buffer.concat([good, Buffer.from([0, 13, 0, 242, 255])]), { ...said, size: said.size + 5 }],
  ["has a stored block that is longer than all that follows", Buffer.concat([good, Buffer.from([0, 255, 255, 0, 0])]), said],
  ["is damaged", Buffer.from(good).fill(255, 20, 40), said],
  ["unpacks to less", half, said],
  ["unpacks to more", Buffer.concat([good, half]), said],
  ["has another checksum", good, { ...said, crc32: said.crc32 ^ 1 }],
  ["is nothing", Buffer.alloc(0), said],
  ["refers to what stands before it", deflateRawSync(content, { finishFlush: constants.Z_FULL_FLUSH, dictionary: content.subarray(0, 1000) }), said],
] as const)
  test(`a segment is refused that ${what}`, async () => {
    await assert.rejects(unpackSegment({ packed, ...claim }), (error) => isKnownError(error) && error.code === "transfer-failed");
  });

test("a bomb is stopped as soon as it gives more than was said", async () => {
  const bomb = Buffer.concat(Array<Buffer>(64).fill(segment(Buffer.alloc(16 * 1024 ** 2))));
  const before = process.memoryUsage().rss;
  await assert.rejects(unpackSegment({ packed: bomb, size: 1000, crc32: 0 }), isKnownError);
  assert.ok(process.memoryUsage().rss - before < 64 * 1024 ** 2);
});
