import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { after, before, test } from "node:test";
import { openIndexed } from "../../../core/archive/open-indexed.ts";
import { readArchive } from "../../../core/archive/read-archive.ts";
import { unpackArchive } from "../../../core/archive/unpack-archive.ts";
import { createArchive } from "../../../core/archive/write-archive.ts";
import { isKnownError } from "../../../core/contract/known-error.ts";
import type { IndexLine } from "../../../core/contract/tarball-layout.ts";
import { forge } from "./forge.ts";
import { seededRandom } from "./journal-text.ts";
import { bufferSource } from "./range-source.ts";
import { patchHeader } from "./tar.ts";

/** Changes an archive in one way, drawn from `random`. */
type Mutation = (archive: Buffer, random: () => number) => Buffer;

const below = (random: () => number, bound: number): number => Math.floor(random() * bound);
const oneOf = <T>(random: () => number, values: readonly [T, ...T[]]): T => values[below(random, values.length)] ?? values[0];

const names = ["../../evil", "/tmp/evil", "a/../../evil", "C:\\evil", "a\0b", "meta", "meta/manifest.json/x", "x".repeat(5000), "..", "a"] as const;
const numbers = [-1, 0, 1, 9, 10, 511, 512, 2048, 2 ** 31, 2 ** 32, 2 ** 53, 1e300, "5", null] as const;

const mutations: { readonly [what: string]: Mutation } = {
  bytes: (archive, random) => {
    const changed = Buffer.from(archive);
    for (let times = 1 + below(random, 4); times > 0; times--) changed[below(random, changed.length)] = below(random, 256);
    return changed;
  },
  length: (archive, random) => {
    const [from, to] = [below(random, archive.length), below(random, archive.length)];
    return Buffer.concat([archive.subarray(0, from), archive.subarray(to)]);
  },
  // From here on everything around the change is made to fit, so that it is the change that is met.
  tar: (archive, random) =>
    forge(archive, {
      tar: (tar) => {
        for (let times = 1 + below(random, 4); times > 0; times--) tar[below(random, tar.length)] = below(random, 256);
        return tar;
      },
    }),
  header: (archive, random) =>
    forge(archive, {
      tar: (tar) => {
        const header = tar.indexOf("meta/manifest.json");
        const [offset, value] = oneOf<readonly [number, string | Buffer]>(random, [
          [0, `${oneOf(random, names).slice(0, 99)}\0`],
          [124, `${below(random, 8 ** 6).toString(8)}\0`],
          [124, Buffer.from([0x80, 0, 0, 0, 0, 0, below(random, 256), 255, 255, 255, 255, 255])],
          [156, oneOf(random, ["1", "2", "3", "5", "L", "K", "x", "g", "S", "\0"])],
          [345, `${oneOf(random, names).slice(0, 150)}\0`],
        ]);
        return patchHeader(tar, header + offset, value);
      },
    }),
  index: (archive, random) =>
    forge(archive, {
      lines: (lines) => {
        const at = below(random, lines.length);
        const field = oneOf(random, ["name", "offset", "length", "skip", "size", "crc32"]);
        const value: unknown = field === "name" ? oneOf(random, names) : random() < 0.5 ? oneOf(random, numbers) : below(random, 5000);
        const kept = random() < 0.2 ? lines.filter((_, index) => index !== at) : lines;
        return kept.map((line, index) => (index === at ? { ...line, [field]: value } : line));
      },
    }),
  text: (archive, random) =>
    forge(archive, {
      lines: (lines) => lines.map((line) => (random() < 0.3 ? JSON.stringify(line).replace(/./g, (one) => (random() < 0.02 ? "\0" : one)) : line)),
    }),
  tail: (archive, random) => forge(archive, { indexAt: (at) => (random() < 0.5 ? at + below(random, 100) - 50 : below(random, 2 ** 31)) }),
};

let root = "";
before(async () => {
  root = await mkdtemp(join(tmpdir(), "asdic-mutations-"));
});
after(() => rm(root, { recursive: true }));

async function makeArchive(random: () => number): Promise<Buffer> {
  const archive = await createArchive(join(root, "made"), { modifiedAt: new Date(0) });
  await archive.add("meta/manifest.json", '{"layoutVersion": 1}');
  for (const name of ["a", "b", `${"long".repeat(60)}/ü`]) await archive.add(`plugins/p/results/${name}`, `${name}\n`.repeat(20));
  await archive.add("noise", Buffer.from(Array.from({ length: 600 }, () => below(random, 256))));
  await archive.finish();
  const bytes = await readFile(join(root, "made"));
  await rm(join(root, "made"));
  return bytes;
}

/** Whether anything was read before the change was met; any error but a known one, or one of the disk, is thrown. */
async function tell(read: (onRead: () => void) => Promise<void>): Promise<boolean> {
  let isPast = false;
  try {
    await read(() => (isPast = true));
  } catch (error) {
    if (!isKnownError(error) && !(error instanceof Error && "syscall" in error)) throw error;
  }
  return isPast;
}

async function readByIndex(bytes: Buffer, onRead: (entries: readonly IndexLine[]) => void): Promise<void> {
  const archive = await openIndexed(bufferSource(bytes));
  if (archive === undefined) return;
  try {
    for (const entry of archive.entries.toReversed()) for await (const _ of await archive.open(entry)) onRead(archive.entries);
  } finally {
    await archive.close();
  }
}

async function readInSequence(bytes: Buffer, onRead: () => void): Promise<void> {
  for await (const { body } of readArchive(Readable.from([bytes]))) {
    onRead();
    body.resume();
  }
}

async function unpack(bytes: Buffer, folder: string, onRead: () => void): Promise<void> {
  try {
    await unpackArchive(Readable.from([bytes]), folder, AbortSignal.timeout(10_000));
  } finally {
    if ((await readdir(folder)).length > 0) onRead();
    assert.deepEqual([await readdir(root), await readdir(join(root, "in"))], [["in"], ["side"]]);
    await rm(folder, { recursive: true });
  }
}

const rounds = 10_000;

test(
  `${rounds} archives with seeded changes make no other errors than known ones, no hang, and nothing outside of the folder`,
  { timeout: 300_000 },
  async (context) => {
    const random = seededRandom(20_261_121);
    const archive = await makeArchive(random);
    const kinds = Object.entries(mutations);
    const folder = join(root, "in", "side");
    let past = 0;
    for (let round = 0; round < rounds; round++) {
      const [what, mutate] = kinds[round % kinds.length] ?? assert.fail();
      const changed = mutate(archive, random);
      try {
        const byIndex = await tell((onRead) => readByIndex(changed, onRead));
        // Changes of the index alone are none to who reads in sequence.
        const inSequence = ["tar", "header"].includes(what)
          ? await tell((onRead) => unpack(changed, folder, onRead))
          : ["bytes", "length"].includes(what) && (await tell((onRead) => readInSequence(changed, onRead)));
        if (byIndex || inSequence) past += 1;
      } catch (error) {
        throw new Error(`round ${round}, ${what}`, { cause: error });
      }
    }
    context.diagnostic(`${past} of ${rounds} got past their first header`);
    assert.ok(past > rounds / 3);
  },
);
