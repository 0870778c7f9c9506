import assert from "node:assert/strict";
import type { Readable } from "node:stream";
import { test } from "node:test";
import { constants, crc32, deflateRawSync, gunzipSync } from "node:zlib";
import { readerLimits } from "../../../core/archive/archive-limits.ts";
import { unpackGzip } from "../../../core/archive/unpack-gzip.ts";
import { isKnownError } from "../../../core/contract/known-error.ts";
import type { Random } from "../../faults/random/random.ts";
import { playCases } from "../../play-cases.ts";
import { inPieces } from "./tar.ts";

/** What a reader takes here; bombs of the test hold ten times as much. */
const limits = { ...readerLimits, maxTotalBytes: 100_000 };
const bomb = deflateRawSync(Buffer.alloc(1_000_000));
const small = Buffer.from("some content ".repeat(40));

/** A member whose content is what its trailer says, or not. */
function drawMember(random: Random): Buffer {
  const isBomb = random.below(12) === 0;
  const content = small.subarray(0, random.below(small.length));
  const flush = random.below(8) === 0 ? { finishFlush: constants.Z_FULL_FLUSH } : {};
  const packed = isBomb ? bomb : deflateRawSync(content, { level: random.below(10), ...flush });
  if (random.below(8) === 0 && packed.length > 0 && !isBomb) packed[random.below(packed.length)] = random.below(256);
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(random.below(8) === 0 ? random.below(2 ** 32) : crc32(isBomb ? Buffer.alloc(1_000_000) : content), 0);
  trailer.writeUInt32LE(random.below(8) === 0 ? random.below(2 ** 32) : isBomb ? 1_000_000 : content.length, 4);
  return Buffer.concat([drawHeader(random), packed, trailer.subarray(0, random.below(8) === 0 ? random.below(8) : 8)]);
}

/** RFC 1952 §2.3: extra field, name, comment and checksum follow where their flags say so, or where they don't. */
function drawHeader(random: Random): Buffer {
  const flags = random.below(8) === 0 ? random.below(256) : random.pick([0, 0, 8, 16, 4, 28]);
  const fixed = Buffer.from([0x1f, 0x8b, random.below(20) === 0 ? random.below(256) : 8, flags, random.below(256), 0, 0, 0, 2, random.below(256)]);
  const extra = Buffer.alloc(2 + random.below(50), "e");
  extra.writeUInt16LE(random.below(10) === 0 ? random.below(65_536) : extra.length - 2);
  const text = Buffer.from(`${"../".repeat(random.below(20))}name${random.below(20) === 0 ? "" : "\0"}`);
  const all = Buffer.concat([fixed, ...((flags & 4) === 0 ? [] : [extra]), ...((flags & 8) === 0 ? [] : [text]), ...((flags & 16) === 0 ? [] : [text])]);
  if ((flags & 2) === 0) return all;
  const sum = Buffer.alloc(2);
  sum.writeUInt16LE(random.below(4) === 0 ? 0 : crc32(all) & 0xffff);
  return Buffer.concat([all, sum]);
}

function drawGzip(random: Random): Buffer {
  const members = Array.from({ length: 1 + random.below(4) }, () => drawMember(random));
  const tails = [
    Buffer.alloc(0),
    Buffer.alloc(0),
    Buffer.alloc(20),
    Buffer.from("garbage"),
    Buffer.from([0x1f]),
    Buffer.from([0x1f, 0x8b]),
    Buffer.from([0x1f, 0x8b, 8, 255]),
  ];
  const whole = Buffer.concat([...members, random.pick(tails)]);
  return random.below(8) === 0 ? whole.subarray(0, random.below(whole.length)) : whole;
}

/** What Node makes of it at once, undefined where that is an error. */
function unpackAtOnce(gzip: Buffer): Buffer | undefined {
  try {
    return gunzipSync(gzip);
  } catch {
    return undefined;
  }
}

test("10,000 gzip streams are unpacked as far as the limits go, or end with a known error", (context) =>
  playCases(context, {
    count: 10_000,
    atOnce: 8,
    play: async (random) => {
      const gzip = drawGzip(random);
      const input: Readable = inPieces(gzip, random.pick([20, 200, 100_000]));
      const found: Buffer[] = [];
      let size = 0;
      let isWhole = false;
      try {
        for await (const chunk of unpackGzip(input, limits, () => undefined)) {
          found.push(chunk);
          size += chunk.length;
          assert.ok(size <= limits.maxTotalBytes);
        }
        isWhole = true;
      } catch (error) {
        if (!isKnownError(error)) throw error;
        assert.equal(error.code, "invalid-tarball");
      }
      if (isWhole && gzip[0] === 0x1f && gzip[1] === 0x8b) assert.deepEqual(Buffer.concat(found), unpackAtOnce(gzip));
      assert.ok(input.destroyed);
      return size > 0;
    },
  }));
