import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, open, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import type { TestContext } from "node:test";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { packFile } from "../../../core/archive/pack-file.ts";
import { packFolder } from "../../../core/archive/pack-folder.ts";
import { readPacked, unpackSegments } from "../../../core/archive/read-packed.ts";
import { isKnownError } from "../../../core/contract/known-error.ts";
import { journalText } from "./journal-text.ts";
import { packFiles, splitFrames, unpackPlainly } from "./packed.ts";
import { inPieces } from "./tar.ts";

async function readAll(body: Readable): Promise<readonly (readonly [string, Buffer])[]> {
  const files: (readonly [string, Buffer])[] = [];
  for await (const { name, size, content } of readPacked(body)) {
    files.push([name, Buffer.isBuffer(content) ? Buffer.from(content) : await buffer(unpackSegments(content))]);
    assert.equal(files.at(-1)?.[1].length, size);
  }
  return files;
}

async function makeFolder(context: TestContext, files: readonly (readonly [string, Buffer])[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "asdic-packed-"));
  context.after(() => rm(folder, { recursive: true }));
  for (const [name, content] of files) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}

const text = journalText(1_000_000, 1);
const numbered = (count: number, content: (index: number) => Buffer): readonly (readonly [string, Buffer])[] =>
  Array.from({ length: count }, (_, index) => [`f${String(index).padStart(5, "0")}`, content(index)] as const);

const folders: readonly (readonly [string, readonly (readonly [string, Buffer])[]])[] = [
  ["nothing", []],
  ["one empty file", [["a", Buffer.alloc(0)]]],
  ["one small file", [["a", Buffer.from("content")]]],
  ["a thousand files of up to 2 KB", numbered(1000, (index) => text.subarray(index * 100, index * 100 + 2 * index))],
  [
    "names of all kinds",
    ["ü/日本語.txt", "🦀", "sp ace", "100%", "x".repeat(255), `${"deep/".repeat(100)}f`]
      .toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)))
      .map((name) => [name, Buffer.from(name)] as const),
  ],
  [
    "files around the sizes that make a difference",
    [199_999, 200_000, 262_143, 262_144, 262_145, 524_288].map((size, index) => [`${index}`, text.subarray(0, size)] as const),
  ],
  ["small files before, between and behind large ones", numbered(20, (index) => (index % 3 === 1 ? text.subarray(index * 1000) : Buffer.from(`${index}`)))],
  ["noise", numbered(3, () => randomBytes(700_000))],
];

for (const [what, files] of folders)
  test(`a folder comes back as it was, in whatever pieces it is read: ${what}`, async (context) => {
    const folder = await makeFolder(context, files);
    const packed = await buffer(packFolder(folder, {}));
    assert.deepEqual(unpackPlainly(packed), files);
    for (const pieceBytes of [7, 1000, 65_536]) if (packed.length / pieceBytes < 50_000) assert.deepEqual(await readAll(inPieces(packed, pieceBytes)), files);
    assert.deepEqual(await buffer(packFolder(folder, {})), packed);
  });

test("a sparse file of 300 MB is read to its end, at a small part of its size", async (context) => {
  const path = join(await makeFolder(context, [["sparse", Buffer.from("begin")]]), "sparse");
  await truncate(path, 300 * 1024 ** 2);
  const handle = await open(path);
  const packed = await buffer(packFile(handle, 300 * 1024 ** 2, assert.fail));
  assert.ok(packed.length < 1024 ** 2);
  let size = 0;
  for await (const { name, content } of readPacked(Readable.from([packed]))) {
    assert.equal(name, "");
    assert.ok(!Buffer.isBuffer(content));
    for await (const chunk of unpackSegments(content)) size += chunk.length;
  }
  assert.equal(size, 300 * 1024 ** 2);
});

for (const size of [200_000, 2_500_000])
  test(`logs of ${size} bytes are at most 3 % larger than one gzip stream of them`, async () => {
    const logs = Array.from({ length: 5_000_000 / size }, (_, index) => journalText(size, index));
    const packed = await packFiles(logs.map((log, index) => [`${index}`, log]));
    const plain = gzipSync(Buffer.concat(logs));
    assert.ok(packed.length < plain.length * 1.03, `${packed.length} to ${plain.length} bytes`);
  });

test("segments that nobody reads, or not to their end, are passed over", async () => {
  const packed = await packFiles([
    ["large", text],
    ["other", text],
    ["small", "s"],
  ]);
  const names: string[] = [];
  for await (const { name, content } of readPacked(inPieces(packed, 1000))) {
    names.push(name);
    if (name === "other" && !Buffer.isBuffer(content)) for await (const _ of unpackSegments(content)) break;
  }
  assert.deepEqual(names, ["large", "other", "small"]);
});

test("the stream is closed by who stops early, and its error is passed on", async () => {
  const body = inPieces(await packFiles([["a", text]]), 1000);
  for await (const _ of readPacked(body)) break;
  assert.ok(body.destroyed);
  const failing = Readable.from(
    (async function* () {
      yield Buffer.from("asdic");
      throw new Error("reset");
    })(),
  );
  await assert.rejects(readAll(failing), /reset/);
});

const good = await packFiles([
  ["a", "small"],
  ["b", text],
  ["c", "small"],
]);
const frames = splitFrames(good);
const [group, file, segment] = frames.map(({ start, end }) => good.subarray(start, end));
const endFrame = frames.at(-1) ?? assert.fail();
const change = (at: number, ...bytes: readonly number[]): Buffer => {
  const changed = Buffer.from(good);
  changed.set(bytes, at);
  return changed;
};
const magic = good.subarray(0, 8);

for (const [what, packed, code] of [
  ["is empty", Buffer.alloc(0), "transfer-failed"],
  ["is something else", Buffer.from("x".repeat(1000)), "transfer-failed"],
  ["is cut off between frames", good.subarray(0, endFrame.start), "transfer-failed"],
  ["is cut off in a frame", good.subarray(0, -1), "transfer-failed"],
  ["goes on behind its end", Buffer.concat([good, Buffer.from("x")]), "transfer-failed"],
  ["says that it holds more", change(endFrame.end - 1, 1), "transfer-failed"],
  ["has a frame of no kind", change(8, 9), "transfer-failed"],
  ["has a frame of 4 GiB", change(9, 255, 255, 255, 255), "transfer-failed"],
  ["has a frame that unpacks to 4 GiB", change(13, 255, 255, 255, 255), "transfer-failed"],
  ["has a group with another checksum", change(17, 0, 0, 0, 0), "transfer-failed"],
  ["has another byte in a name", change((frames[1]?.end ?? 0) - 1, 0x78), "transfer-failed"],
  ["has a segment of no file", Buffer.concat([magic, segment ?? magic, good.subarray(endFrame.start)]), "transfer-failed"],
  ["lacks a segment", Buffer.concat([magic, file ?? magic, segment ?? magic, good.subarray(endFrame.start)]), "transfer-failed"],
  ["has a group among the segments of a file", Buffer.concat([magic, file ?? magic, group ?? magic, good.subarray(endFrame.start)]), "transfer-failed"],
  ["holds a name that climbs", await packFiles([["../../evil", "x"]]), "invalid-tarball"],
  ["holds a large file whose name climbs", await packFiles([["/etc/passwd", text]]), "invalid-tarball"],
  [
    "holds a file without a name beside another",
    await packFiles([
      ["a", "x"],
      ["", "y"],
    ]),
    "transfer-failed",
  ],
  [
    "holds two files without a name",
    await packFiles([
      ["", "x"],
      ["", text],
    ]),
    "transfer-failed",
  ],
] as const)
  test(`a pack is refused that ${what}`, async () => {
    await assert.rejects(readAll(inPieces(packed, 1000)), (error) => isKnownError(error) && error.code === code);
  });
