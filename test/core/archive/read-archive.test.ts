import assert from "node:assert/strict";
import { createReadStream } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import * as fc from "fast-check";
import { readerLimits } from "../../../core/archive/archive-limits.ts";
import { readArchive } from "../../../core/archive/read-archive.ts";
import { isKnownError } from "../../../core/contract/known-error.ts";
import { inPieces, makeTar, makeTarGz, patchHeader, readAll } from "./tar.ts";

const two = [
  { name: "meta/info.json", content: "{}" },
  { name: "plugins/e2e/results/global/e2e.log", content: "x".repeat(3000) },
];
const twoFiles = two.map(({ name, content }) => [name, content]);

for (const pieceBytes of [1, 7, 512, 100_000])
  test(`a tar and a tar.gz are read alike, arriving in pieces of ${pieceBytes} bytes`, async () => {
    assert.deepEqual(await readAll(await makeTar(two), undefined, pieceBytes), twoFiles);
    assert.deepEqual(await readAll(await makeTarGz(two), undefined, pieceBytes), twoFiles);
  });

test("a real tarball of Sonobuoy's is read to its end", async () => {
  const names: string[] = [];
  const path = join(import.meta.dirname, "../../fixtures/reports/sonobuoy-v0.53-4-failures.tar.gz");
  for await (const entry of readArchive(createReadStream(path))) names.push(entry.name);
  assert.ok(names.includes("plugins/e2e/sonobuoy_results.yaml") && names.includes("meta/config.json"));
});

test("the first Sonobuoys' './' and '._*' entries are read, with size and time, and their folders passed over", async () => {
  const modifiedAt = new Date("2017-11-01T00:00:00Z");
  const archive = await makeTarGz([
    { name: "./", type: "directory" },
    { name: "./._meta", content: "mac", mtime: modifiedAt },
    { name: "./meta/", type: "directory" },
    { name: "./meta/config.json", content: "{}" },
  ]);
  const found = [];
  for await (const { name, size, modifiedAt: time } of readArchive(Readable.from([archive]))) found.push([name, size, time.getTime()]);
  assert.deepEqual(found, [
    ["._meta", 3, modifiedAt.getTime()],
    ["meta/config.json", 2, 0],
  ]);
});

test("a tar as it was before ustar is read", async () => {
  const tar = await makeTar([{ name: "old.txt", content: "old" }]);
  assert.deepEqual(await readAll(patchHeader(tar, 257, Buffer.alloc(8))), [["old.txt", "old"]]);
});

test("bodies that are not read, or read in part, do not keep the rest from coming", async () => {
  const entries = ["a", "b", "c", "d"].map((name) => ({ name, content: name.repeat(700_000) }));
  const found: string[] = [];
  for await (const { name, body } of readArchive(inPieces(await makeTarGz(entries), 5000))) {
    found.push(name);
    if (name === "b") for await (const chunk of body) if (chunk) break;
    if (name === "c") body.resume();
  }
  assert.deepEqual(found, ["a", "b", "c", "d"]);
});

test("whoever stops early leaves the input destroyed", async () => {
  const input = inPieces(await makeTarGz([...two, { name: "big", content: Buffer.alloc(1_000_000, "x") }]), 10);
  for await (const entry of readArchive(input)) if (entry.name === "meta/info.json") break;
  assert.ok(input.destroyed);
});

test("an error of the input is passed on as it is, also to the body that is being read", async () => {
  const tar = await makeTar([{ name: "a", content: "x".repeat(2000) }]);
  const error = new Error("disk on fire");
  const input = Readable.from(
    (async function* () {
      yield tar.subarray(0, 1024);
      await Promise.resolve();
      throw error;
    })(),
  );
  await assert.rejects(
    async () => {
      for await (const { body } of readArchive(input)) await assert.rejects(buffer(body), (found) => found === error);
    },
    (found) => found === error,
  );
});

const tar = await makeTar(two);
const broken: readonly (readonly [string, Buffer, RegExp])[] = [
  ["an empty file", Buffer.alloc(0), /^is empty/],
  ["one byte", Buffer.from("x"), /^is no tarball/],
  ["text", Buffer.from("hello\n".repeat(500)), /^is no tarball/],
  ["a gzip of text", gzipSync("hello\n".repeat(500)), /^is no tarball/],
  ["a gzip of nothing", gzipSync(""), /^is cut off/],
  ["a gzip with a broken byte", Buffer.from(gzipSync(tar)).fill(255, 40, 48), /^is damaged/],
  ["a gzip with a wrong checksum", Buffer.concat([gzipSync(tar).subarray(0, -8), Buffer.alloc(8)]), /^is damaged/],
  ["a first header with a wrong checksum", Buffer.from(tar).fill("x", 0, 1), /^is no tarball/],
  ["a second header with a wrong checksum", Buffer.from(tar).fill("x", 1024, 1025), /^is cut off or damaged at or after the entry "meta\/info.json"/],
  ["a size that is no number", patchHeader(tar, 124, "zzzzzzzzzzz "), /^is no tarball/],
  ["a negative size", patchHeader(tar, 124, Buffer.from("ffffffffffffffffffffff00", "hex")), /^is no tarball/],
  ["a size beyond all bounds", patchHeader(tar, 124, Buffer.from("80ffffffffffffffffffffff", "hex")), /of more than 17179869184 bytes/],
  ["a plain tar without its end mark", tar.subarray(0, 1024), /^is cut off: the mark/],
];
for (const [what, archive, sentence] of broken)
  test(`${what} is refused: ${sentence.source}`, async () => {
    await assert.rejects(
      readAll(archive),
      (error) => isKnownError(error) && error.code === "invalid-tarball" && error.hint !== undefined && sentence.test(error.message),
    );
  });

test("a tar.gz that lacks only the mark at its end has lost nothing", async () => {
  assert.deepEqual(await readAll(gzipSync(tar.subarray(0, 1024))), [["meta/info.json", "{}"]]);
});

test("two zero blocks are an archive without entries", async () => {
  assert.deepEqual(await readAll(gzipSync(Buffer.alloc(1024))), []);
  assert.deepEqual(await readAll(Buffer.alloc(1024)), []);
});

for (const name of ["../evil", "a/../../evil", "/etc/evil", "C:/evil", "a\\..\\evil"])
  test(`an entry named ${name} is refused, be it a file or a folder`, async () => {
    for (const type of ["file", "directory"] as const)
      await assert.rejects(
        readAll(await makeTarGz([two[0] ?? { name: "x" }, { name, type }])),
        (error) => isKnownError(error) && error.code === "invalid-tarball",
      );
  });

for (const [type, why] of [
  ["symlink", "symbolic link"],
  ["link", "hard link"],
  ["fifo", "named pipe"],
  ["character-device", "device"],
  ["block-device", "device"],
] as const)
  test(`a ${type} is refused, or skipped and reported, and never yielded`, async () => {
    const archive = await makeTarGz([{ name: "../x", type, linkname: "/etc/passwd" }, ...two]);
    await assert.rejects(readAll(archive), (error) => isKnownError(error) && error.message.includes(`which is a ${why}`));
    const skipped: unknown[] = [];
    const found = await readAll(archive, { ...readerLimits, links: "skip", onSkipped: (...args) => skipped.push(args) });
    assert.deepEqual(found, twoFiles);
    assert.deepEqual(skipped, [["../x", `is a ${why}`]]);
  });

test("an entry of a kind that nobody knows is a special file", async () => {
  await assert.rejects(readAll(patchHeader(tar, 156, "V")), (error) => isKnownError(error) && /special file/.test(error.message));
});

test("names that are no UTF-8 are read, with marks where bytes make no character", async () => {
  const archive = patchHeader(await makeTar([{ name: "abc", content: "x" }]), 0, Buffer.from([0x61, 0xff, 0xfe]));
  assert.deepEqual(await readAll(archive), [["a\ufffd\ufffd", "x"]]);
});

const files = fc.uniqueArray(
  fc.record({
    name: fc
      .stringMatching(/^[a-z0-9ü€😀 ._-]{1,40}(\/[a-z0-9ü ._-]{1,80}){0,4}$/u)
      .filter((name) => !name.split("/").some((part) => part === "." || part === "..")),
    content: fc.string({ unit: "binary-ascii", maxLength: 2000 }),
  }),
  { selector: ({ name }) => name, minLength: 1, maxLength: 4 },
);

test("any files come back as they went in", async () => {
  await fc.assert(
    fc.asyncProperty(files, fc.boolean(), fc.integer({ min: 1, max: 3000 }), async (entries, isPlain, pieceBytes) => {
      const archive = await (isPlain ? makeTar(entries) : makeTarGz(entries));
      assert.deepEqual(
        await readAll(archive, undefined, pieceBytes),
        entries.map(({ name, content }) => [name, content]),
      );
    }),
  );
});

test("an archive cut anywhere is refused; only its trailing padding may be missing", async () => {
  await fc.assert(
    fc.asyncProperty(files, fc.boolean(), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), async (entries, isPlain, share) => {
      const whole = await (isPlain ? makeTar(entries) : makeTarGz(entries));
      const cut = whole.subarray(0, Math.floor(whole.length * share));
      try {
        assert.deepEqual(
          await readAll(cut),
          entries.map(({ name, content }) => [name, content]),
        );
      } catch (error) {
        assert.ok(isKnownError(error), String(error));
        return;
      }
      assert.ok(isPlain && cut.length >= whole.length - 512);
    }),
    { numRuns: 300 },
  );
});

test("nothing but known errors comes of random bytes, nor of an archive with random changes", async () => {
  const whole: Buffer = await makeTar([...two, { name: "ü".repeat(90), content: "long" }]);
  const noise = fc.uint8Array({ maxLength: 3000 }).map((bytes) => Buffer.from(bytes));
  const changed = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }).map((changes) => {
    let copy = whole;
    for (const [at, byte] of changes) copy = patchHeader(copy, at, Buffer.from([byte]));
    return copy;
  });
  await fc.assert(
    fc.asyncProperty(fc.oneof(noise, changed), fc.boolean(), async (bytes, isPacked) => {
      await readAll(isPacked ? gzipSync(bytes) : bytes).catch((error: unknown) => assert.ok(isKnownError(error), String(error)));
    }),
    { numRuns: 500 },
  );
});

test("an entry that is found after the last byte has come and claims more than there is, is cut off and not waited for", { timeout: 10_000 }, async () => {
  const whole = await makeTar([
    { name: "a.txt", content: "hello" },
    { name: "dir/b.bin", content: "\u0007".repeat(1500) },
    { name: "ü".repeat(90), content: "long" },
  ]);
  // The size field of the last entry, behind its extended header.
  const last = whole.lastIndexOf("PaxHeader", whole.length, "latin1");
  for (const pieceBytes of [500, 1000, 5000]) await assert.rejects(readAll(patchHeader(whole, last + 124, "00020000004"), undefined, pieceBytes), isKnownError);
});
