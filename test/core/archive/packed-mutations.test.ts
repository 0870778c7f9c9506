import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { test } from "node:test";
import { constants, crc32, deflateRawSync } from "node:zlib";
import { readPacked, unpackSegments } from "../../../core/archive/read-packed.ts";
import { isKnownError } from "../../../core/contract/known-error.ts";
import { seededRandom } from "./journal-text.ts";
import type { PlainFrame } from "./packed.ts";
import { packFiles, splitFrames } from "./packed.ts";
import { inPieces } from "./tar.ts";

const below = (random: () => number, bound: number): number => Math.floor(random() * bound);
const oneOf = <T>(random: () => number, values: readonly [T, ...T[]]): T => values[below(random, values.length)] ?? values[0];

const names = ["../../evil", "/tmp/evil", "C:\\evil", "a\0b", "", "..", "a", "ü".repeat(3000), "\u202e"] as const;
const sizes = [0, 1, 199_999, 262_143, 262_144, 262_145, 2 ** 31, 2 ** 32 - 1] as const;
const flushes = [constants.Z_FULL_FLUSH, constants.Z_FINISH, constants.Z_PARTIAL_FLUSH, constants.Z_SYNC_FLUSH] as const;

/** A frame to be written: what is said of it, and what is packed. */
type Frame = { readonly kind: number; readonly size: number; readonly crc32: number; readonly packed: Buffer };

const isPlain = (kind: number): boolean => kind === 1 || kind === 3;
const pack = (content: Buffer, finishFlush: number = constants.Z_FULL_FLUSH): Buffer => deflateRawSync(content, { finishFlush });
const makeFrame = ({ kind, content }: Pick<PlainFrame, "kind" | "content">): Frame => ({
  kind,
  size: content.length,
  crc32: crc32(content),
  packed: isPlain(kind) ? content : pack(content),
});

function join(frames: readonly Frame[]): Buffer {
  const parts = frames.flatMap(({ kind, size, crc32: crc, packed }) => {
    const header = Buffer.alloc(13);
    header.writeUInt8(kind, 0);
    header.writeUInt32BE(packed.length, 1);
    header.writeUInt32BE(size, 5);
    header.writeUInt32BE(crc, 9);
    return [header, packed];
  });
  return Buffer.concat([Buffer.from("asdic\0p1"), ...parts]);
}

/** What is changed: its bytes, and its frames as they are and as they stand in it. */
type Good = { readonly bytes: Buffer; readonly frames: readonly PlainFrame[]; readonly made: readonly Frame[] };

/** Changes one frame; everything around it is made to fit, so that it is the change that is met. */
const changeFrame =
  (change: (frame: PlainFrame, random: () => number) => Frame) =>
  ({ frames, made }: Good, random: () => number): Buffer => {
    const at = below(random, frames.length);
    return join(made.map((frame, index) => (index === at ? change(frames[index] ?? assert.fail(), random) : frame)));
  };

/** Changes a pack in one way, drawn from `random`. */
const mutations: { readonly [what: string]: (good: Good, random: () => number) => Buffer } = {
  bytes: ({ bytes }, random) => {
    const changed = Buffer.from(bytes);
    for (let times = 1 + below(random, 4); times > 0; times--) changed[below(random, changed.length)] = below(random, 256);
    return changed;
  },
  length: ({ bytes }, random) => {
    const [from, to] = [below(random, bytes.length), below(random, bytes.length)];
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
  },
  fields: changeFrame((frame, random) => {
    const made = makeFrame(frame);
    const field = oneOf(random, ["kind", "size", "crc32"]);
    return { ...made, [field]: field === "kind" ? below(random, 6) : oneOf(random, sizes) };
  }),
  content: changeFrame((frame, random) => {
    const content = Buffer.from(frame.content);
    for (let times = 1 + below(random, 4); times > 0 && content.length > 0; times--) content[below(random, Math.min(content.length, 200))] = below(random, 256);
    return makeFrame({ ...frame, content });
  }),
  names: changeFrame((frame, random) => {
    if (frame.kind > 1) return makeFrame(frame);
    const name = Buffer.from(oneOf(random, names));
    const head = Buffer.alloc(8);
    head.writeUIntBE(random() < 0.5 ? 0 : oneOf(random, sizes), 0, 6);
    head.writeUInt16BE(name.length, 6);
    return makeFrame({ ...frame, content: Buffer.concat([frame.kind === 0 ? frame.content : Buffer.alloc(0), head, name]) });
  }),
  order: ({ made }, random) => join(made.flatMap((frame) => (random() < 0.1 ? [] : Array<Frame>(random() < 0.1 ? 2 : 1).fill(frame)))),
  deflate: changeFrame((frame, random) => {
    const made = makeFrame(frame);
    const bomb = random() < 0.02 ? Buffer.alloc(8 * 1024 ** 2) : frame.content;
    const packed = isPlain(frame.kind) ? made.packed : pack(bomb, oneOf(random, flushes));
    return { ...made, packed: random() < 0.5 ? packed : Buffer.concat([packed, Buffer.from([below(random, 256), below(random, 256), 0, 255, 255])]) };
  }),
};

/** How many files were read before the change was met; any error but a known one is thrown. */
async function countRead(body: Readable): Promise<number> {
  let count = 0;
  try {
    for await (const { content } of readPacked(body)) {
      if (!Buffer.isBuffer(content)) for await (const chunk of unpackSegments(content)) assert.ok(chunk.length <= 256 * 1024);
      count += 1;
    }
  } catch (error) {
    if (!isKnownError(error)) throw error;
  }
  return count;
}

const rounds = 10_000;

test(`${rounds} packs with seeded changes make no other errors than known ones, and no hang`, { timeout: 300_000 }, async (context) => {
  const random = seededRandom(20_261_121);
  const small = (name: string): readonly [string, string] => [name, `${name}\n`.repeat(20)];
  const noise = Buffer.from(Array.from({ length: 300 }, () => below(random, 256)));
  const large = ["large", Buffer.concat([Buffer.alloc(262_144), noise])] as const;
  const bytes = await packFiles([small("a"), small("b"), large, small("c"), ["z", Buffer.alloc(200_000, "a line\n")]]);
  const frames = splitFrames(bytes);
  const good = { bytes, frames, made: frames.map(makeFrame) };
  const kinds = Object.entries(mutations);
  let past = 0;
  for (let round = 0; round < rounds; round++) {
    const [what, mutate] = kinds[round % kinds.length] ?? assert.fail();
    const changed = mutate(good, random);
    try {
      if ((await countRead(round % 2 === 0 ? Readable.from([changed]) : inPieces(changed, 8000))) > 0) past += 1;
    } catch (error) {
      throw new Error(`round ${round}, ${what}`, { cause: error });
    }
  }
  context.diagnostic(`${past} of ${rounds} got past their first header`);
  assert.ok(past > rounds / 3);
});
