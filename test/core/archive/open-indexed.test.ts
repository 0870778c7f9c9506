import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { after, before, test } from "node:test";
import { crc32, gunzipSync, gzipSync } from "node:zlib";
import * as fc from "fast-check";
import { readerLimits } from "../../../core/archive/archive-limits.ts";
import { openIndexed } from "../../../core/archive/open-indexed.ts";
import { createArchive } from "../../../core/archive/write-archive.ts";
import { isKnownError } from "../../../core/contract/known-error.ts";
import type { IndexLine } from "../../../core/contract/tarball-layout.ts";
import { forge, segment, type Forgery } from "./forge.ts";
import { bufferSource } from "./range-source.ts";
import { makeTarGz, patchHeader, readAll } from "./tar.ts";

let folder = "";
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "asdic-indexed-"));
});
after(() => rm(folder, { recursive: true }));

type Way = "add" | "stream" | "packed";
type Made = { readonly name: string; readonly content: Buffer; readonly way?: Way };

async function make(entries: readonly Made[]): Promise<Buffer> {
  const path = join(folder, "a.tar.gz");
  const archive = await createArchive(path, { modifiedAt: new Date(0) });
  for (const { name, content, way = "add" } of entries) {
    if (way === "add") await archive.add(name, content);
    else if (way === "stream") await archive.addStream(name, content.length, Readable.from(content.length === 0 ? [] : [content]));
    else await archive.addPacked(name, content.length, Readable.from([{ packed: segment(content), size: content.length, crc32: crc32(content) }]));
  }
  await archive.finish();
  return readFile(path);
}

/** Name and content of each entry, opened in the order that `order` makes of theirs. */
async function readByIndex(bytes: Buffer, order: (entries: readonly IndexLine[]) => readonly IndexLine[] = (entries) => entries): Promise<[string, string][]> {
  const archive = (await openIndexed(bufferSource(bytes))) ?? assert.fail("no index");
  const found: [string, string][] = [];
  try {
    for (const entry of order(archive.entries)) found.push([entry.name, (await buffer(await archive.open(entry))).toString("latin1")]);
  } finally {
    await archive.close();
  }
  return found;
}

const small = (names: string): readonly Made[] => names.split("").map((name) => ({ name, content: Buffer.from(`content of ${name}\n`.repeat(30)) }));

test("any entries, whatever way they were added, are the same one after the other and by the index, in any order", async () => {
  const size = fc.oneof({ weight: 6, arbitrary: fc.nat(2000) }, { weight: 2, arbitrary: fc.integer({ min: 150_000, max: 450_000 }) }, fc.constant(4_500_000));
  const entry = fc.record({
    name: fc.stringMatching(/^[a-zü€😀][a-z ü€.-]{0,120}(\/[a-z]{1,60}){0,3}$/u),
    size,
    fill: fc.uint8Array({ minLength: 1, maxLength: 40 }),
    way: fc.constantFrom<Way>("add", "stream", "packed"),
  });
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(entry, { selector: ({ name }) => name, maxLength: 12 }), fc.func(fc.nat()), async (drawn, rank) => {
      const entries = drawn.map(({ name, way, size: bytes, fill }) => ({ name, way, content: Buffer.alloc(bytes, fill) }));
      const expected = entries.map(({ name, content }): [string, string] => [name, content.toString("latin1")]);
      const bytes = await make(entries);
      assert.deepEqual((await readAll(bytes, readerLimits, 64 * 1024)).slice(0, -2), expected);
      assert.deepEqual(await readByIndex(bytes), expected);
      const shuffled = await readByIndex(bytes, (lines) => lines.toSorted((a, b) => rank(a.name) - rank(b.name)));
      assert.deepEqual(new Map(shuffled), new Map(expected));
    }),
    { numRuns: 40 },
  );
});

test("of a large archive only tail, index and the wanted entry are read", async () => {
  const noise = Array.from({ length: 40 }, (_, at) => ({ name: `noise/${at}`, content: randomBytes(250_000) }));
  const bytes = await make([...noise, { name: "wanted", content: Buffer.from("here") }]);
  let read = 0;
  const archive = (await openIndexed(bufferSource(bytes, (count) => (read += count)))) ?? assert.fail();
  const wanted = archive.entries.find(({ name }) => name === "wanted") ?? assert.fail();
  assert.equal((await buffer(await archive.open(wanted))).toString(), "here");
  await archive.close();
  assert.ok(read < 10_000, `${read} bytes of ${bytes.length}`);
});

test("entries that are opened but not read do not keep the next ones from coming", async () => {
  const archive = (await openIndexed(bufferSource(await make(small("abcdef"))))) ?? assert.fail();
  for (const entry of archive.entries.slice(0, 3)) await archive.open(entry);
  assert.match((await buffer(await archive.open(archive.entries[4] ?? assert.fail()))).toString(), /^content of e/);
  await archive.close();
});

test("half a character in a name is the same in index and tar", async () => {
  const bytes = await make([{ name: "a\ud800b", content: Buffer.from("1") }]);
  assert.deepEqual(await readByIndex(bytes), [["a\ufffdb", "1"]]);
});

test("an archive without entries has an empty index", async () => {
  assert.deepEqual(await readByIndex(await make([])), []);
});

for (const [what, change] of [
  ["tar.gz of another tool", () => makeTarGz([{ name: "a", content: "1" }])],
  ["plain tar of ours", (bytes: Buffer) => gunzipSync(bytes)],
  ["tar of ours that was compressed again", (bytes: Buffer) => gzipSync(gunzipSync(bytes))],
  ["archive with something behind its end", (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(1)])],
  ["archive that lacks its last byte", (bytes: Buffer) => bytes.subarray(0, -1)],
  ["tail alone", (bytes: Buffer) => bytes.subarray(-2061)],
  ["file of ten bytes", () => Buffer.alloc(10)],
  ["empty file", () => Buffer.alloc(0)],
] as const)
  test(`there is no index to open it by in: ${what}`, async () => {
    assert.equal(await openIndexed(bufferSource(await change(await make(small("ab"))))), undefined);
  });

const other = (line: number, changes: object): Forgery => ({ lines: (lines) => lines.map((one, at) => (at === line ? { ...one, ...changes } : one)) });

/** Two segments: a, b, c share the first. */
const hostile: readonly (readonly [string, Forgery, RegExp])[] = [
  ["line that is no JSON", { lines: () => ["{"] }, /line 1 is none/],
  ["line without a size", other(1, { size: undefined }), /line 2 is none/],
  ["negative size", other(1, { size: -1 }), /line 2 is none/],
  ["size beyond all bounds", other(1, { size: 2 ** 53 }), /line 2 is none/],
  ["size of more than the limits allow", other(3, { size: 2 ** 50 }), /more than 17179869184 bytes/],
  ["offset that is a fraction", other(3, { offset: 10.5 }), /line 4 is none/],
  ["offset before the first segment", other(0, { offset: 0 }), /"a" does not begin where/],
  ["offset beyond the end", other(3, { offset: 2 ** 40 }), /"d" does not begin where/],
  ["offset within another segment", other(3, { offset: 11 }), /"d" does not begin where/],
  ["length that leads into the index", other(3, { length: 2 ** 40 }), /do not end where/],
  ["length of zero", other(3, { length: 0 }), /line 4 is none/],
  ["entry that lies over the one before", other(2, { skip: 512 }), /"c" begins before/],
  ["entry that is left out at the end", { lines: (lines) => lines.slice(0, 3) }, /do not end where/],
  ["entry that is left out in front", { lines: (lines) => lines.slice(1) }, /does not begin where/],
  ["index of nothing", { lines: () => [] }, /do not end where/],
  ["name that leads out", other(1, { name: "../b" }), /leads out of its folder/],
  ["name that is absolute", other(1, { name: "/b" }), /is absolute/],
  ["name that is not as our own are", other(1, { name: "./b" }), /holds the name ".\/b"/],
  ["name that is there twice", other(1, { name: "a" }), /holds "a" twice/],
  ["name of another index", { indexName: "meta/index.other" }, /not where the tail says/],
  ["index that begins at 0", { indexAt: () => 0 }, /said to begin where/],
  ["index that begins beyond the end", { indexAt: () => 2 ** 50 }, /said to begin where/],
  ["index that begins in an entry", { indexAt: () => 10 }, /not where the tail says/],
  ["index that begins within its segment", { indexAt: (at) => at + 3 }, /./],
  ["name of another entry", other(1, { name: "x" }), /something else in place of "x"/],
  ["size of another entry", other(3, { size: 1 }), /something else in place of "d"/],
  ["checksum of another entry", other(1, { crc32: "00000000" }), /"b" has another checksum/],
  ["skip into a content", other(2, { skip: 512 * 5 }), /./],
  ["skip behind the segment", other(2, { skip: 2 ** 45 }), /something else in place of "c"/],
  ["content that was changed", { tar: (tar) => Buffer.from(tar.fill("x", 512, 520)) }, /"a" has another checksum/],
  ["link in place of a file", { tar: (tar) => patchHeader(tar, 156, "2") }, /symbolic link/],
];

for (const [what, forgery, message] of hostile)
  test(`what is refused of an index: ${what}`, async () => {
    const bytes = forge(await make([...small("abc"), { name: "d", content: randomBytes(250_000), way: "packed" }]), forgery);
    await assert.rejects(
      readByIndex(bytes, (lines) => lines.toReversed()),
      (error) => isKnownError(error) && error.code === "invalid-tarball" && message.test(error.message) && error.hint !== undefined,
    );
  });

test("an index that unpacks to more than any index has is refused, long before its end", async () => {
  const bytes = forge(await make(small("a")), { lines: () => [" ".repeat(300 * 1024 ** 2)] });
  await assert.rejects(openIndexed(bufferSource(bytes)), (error) => isKnownError(error) && /index of more than 268435456/.test(error.message));
});
