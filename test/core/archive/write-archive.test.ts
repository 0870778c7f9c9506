import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { test, type TestContext } from "node:test";
import { gunzipSync } from "node:zlib";
import * as fc from "fast-check";
import { openPart, type ArchivePart } from "../../../core/archive/open-indexed.ts";
import { readArchive } from "../../../core/archive/read-archive.ts";
import { createArchive } from "../../../core/archive/write-archive.ts";
import { isKnownError } from "../../../core/contract/known-error.ts";
import { readAll } from "./tar.ts";

/** All but the index and its place, which every archive ends with. */
async function readEntries(path: string): Promise<[string, string][]> {
  const entries = await readAll(await readFile(path));
  assert.deepEqual(
    entries.slice(-2).map(([name]) => name),
    ["meta/index.ndjson", "meta/index.at"],
  );
  return entries.slice(0, -2);
}

async function makeFolder(context: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "asdic-archive-"));
  context.after(() => rm(folder, { recursive: true }));
  return folder;
}

test("what is added comes back in its order, and appears under its name only when it is finished", async (context) => {
  const folder = await makeFolder(context);
  const path = join(folder, "run.tar.gz");
  const archive = await createArchive(path);
  await archive.add("./meta/info.json", "{}");
  await archive.add("empty", "");
  await archive.addStream("streamed", 6, Readable.from([Buffer.from("abc"), Buffer.from("def")]));
  await archive.add("ü/" + "n".repeat(200), Buffer.from("ü"));
  assert.deepEqual(await readdir(folder), ["run.tar.gz.partial"]);
  const { sha256, size } = await archive.finish();
  assert.deepEqual(await readdir(folder), ["run.tar.gz"]);
  const bytes = await readFile(path);
  assert.equal(size, bytes.length);
  assert.equal(sha256, createHash("sha256").update(bytes).digest("hex"));
  assert.deepEqual(await readEntries(path), [
    ["meta/info.json", "{}"],
    ["empty", ""],
    ["streamed", "abcdef"],
    ["ü/" + "n".repeat(200), Buffer.from("ü").toString("latin1")],
  ]);
  await archive.abandon();
  assert.deepEqual(await readdir(folder), ["run.tar.gz"]);
});

test("the same entries at the same time give the same bytes, and every entry bears that time", async (context) => {
  const folder = await makeFolder(context);
  const modifiedAt = new Date("2026-01-02T03:04:05Z");
  const hashes = [];
  for (const name of ["a", "b"]) {
    const archive = await createArchive(join(folder, name), { modifiedAt });
    await archive.add("x", "content");
    hashes.push((await archive.finish()).sha256);
  }
  assert.equal(hashes[0], hashes[1]);
  for await (const entry of readArchive(createReadStream(join(folder, "a")))) assert.deepEqual(entry.modifiedAt, modifiedAt);
});

test("entries that are added without waiting stand one after the other", async (context) => {
  const path = join(await makeFolder(context), "a");
  const archive = await createArchive(path);
  const names = Array.from({ length: 20 }, (_, index) => `entry-${index}`);
  await Promise.all(names.map((name) => archive.addStream(name, 300_000, Readable.from([Buffer.alloc(150_000, name), Buffer.alloc(150_000, "z")]))));
  await archive.finish();
  assert.deepEqual(
    (await readEntries(path)).map(([name]) => name),
    names,
  );
});

test("a name that is unsafe or there already is refused, and the archive is none the worse", async (context) => {
  const path = join(await makeFolder(context), "a");
  const archive = await createArchive(path);
  await archive.add("a/b", "1");
  for (const name of ["../x", "/x", "", "a//b", "./a/b", "meta/index.ndjson", "meta/index.at"])
    await assert.rejects(archive.add(name, "2"), (error) => isKnownError(error) && error.code === "invalid-tarball");
  const body = Readable.from([Buffer.from("2")]);
  await assert.rejects(archive.addStream("a/b", 1, body), isKnownError);
  assert.ok(body.destroyed);
  await archive.finish();
  assert.deepEqual(await readEntries(path), [["a/b", "1"]]);
});

for (const [what, size, content] of [
  ["shorter", 10, "123456789"],
  ["longer", 8, "123456789"],
] as const)
  test(`a stream that is ${what} than announced is an error that names the entry; nothing is left behind`, async (context) => {
    const folder = await makeFolder(context);
    const archive = await createArchive(join(folder, "a"));
    await assert.rejects(
      archive.addStream("run.log", size, Readable.from([Buffer.from(content)])),
      (error) => isKnownError(error) && /"run.log" was to have/.test(error.message),
    );
    await assert.rejects(archive.add("next", ""));
    await assert.rejects(archive.finish());
    await archive.abandon();
    assert.deepEqual(await readdir(folder), []);
  });

test("an error of a body is passed on, and an abandoned archive leaves nothing", async (context) => {
  const folder = await makeFolder(context);
  const archive = await createArchive(join(folder, "a"));
  await assert.rejects(archive.addStream("x", 5, createReadStream(join(folder, "nowhere"))), { code: "ENOENT" });
  await archive.abandon();
  await archive.abandon();
  assert.deepEqual(await readdir(folder), []);
});

test("a partial file of a run that crashed is overwritten", async (context) => {
  const path = join(await makeFolder(context), "a");
  await writeFile(`${path}.partial`, "x".repeat(100_000));
  const archive = await createArchive(path);
  await archive.add("a", "1");
  assert.equal((await archive.finish()).size, (await stat(path)).size);
  assert.ok(gunzipSync(await readFile(path)).length > 0);
});

test("a full disk is what the error says", { skip: process.platform !== "linux" && "needs /dev/full" }, async (context) => {
  const folder = await makeFolder(context);
  const { symlink } = await import("node:fs/promises");
  await symlink("/dev/full", join(folder, "a.partial"));
  const archive = await createArchive(join(folder, "a"));
  const noise = Buffer.from(Array.from({ length: 2_000_000 }, (_, index) => (index * 2654435761) >>> 13));
  await assert.rejects(
    (async () => {
      for (let index = 0; index < 50; index++) await archive.add(`${index}`, noise);
    })(),
    { code: "ENOSPC" },
  );
  await archive.abandon();
});

test("any safe names and contents come back", async (context) => {
  const folder = await makeFolder(context);
  const entry = fc.record({
    name: fc.stringMatching(/^[a-zü€😀][a-z ü€.-]{0,120}(\/[a-z]{1,60}){0,5}$/u),
    content: fc.string({ unit: "binary-ascii", maxLength: 1000 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(entry, { selector: ({ name }) => name, maxLength: 5 }), async (entries) => {
      const archive = await createArchive(join(folder, "any"));
      for (const { name, content } of entries) await archive.add(name, Buffer.from(content, "latin1"));
      await archive.finish();
      assert.deepEqual(
        await readEntries(join(folder, "any")),
        entries.map(({ name, content }) => [name, content]),
      );
    }),
    { numRuns: 50 },
  );
});

test("what was added so far can be read again from the disk, before more is added", async (context) => {
  const path = join(await makeFolder(context), "run.tar.gz");
  const archive = await createArchive(path);
  await archive.add("a", "first");
  await archive.addStream("b", 6, Readable.from([Buffer.from("abc"), Buffer.from("def")]));
  const contents: string[] = [];
  const written = await archive.readBack();
  for (const entry of written.entries) contents.push(`${entry.name} ${await text(await written.open(entry))}`);
  await written.close();
  assert.deepEqual(contents, ["a first", "b abcdef"]);
  await archive.add("c", "last");
  await archive.finish();
  assert.deepEqual(await readEntries(path), [
    ["a", "first"],
    ["b", "abcdef"],
    ["c", "last"],
  ]);
});

test("what came since the last part is the next one, and each stays readable while more is added", async (context) => {
  const path = join(await makeFolder(context), "run.tar.gz");
  const archive = await createArchive(path);
  const parts: ArchivePart[] = [];
  for (const names of [["a", "b"], [], ["c"]]) {
    for (const name of names) await archive.add(name, `content of ${name}`);
    parts.push(await archive.takePart());
  }
  const contents: string[][] = [];
  for (const part of parts) {
    const opened = openPart(structuredClone(part));
    const texts: string[] = [];
    for (const entry of opened.entries) texts.push(await text(await opened.open(entry)));
    await opened.close();
    contents.push(texts);
  }
  assert.deepEqual(contents, [["content of a", "content of b"], [], ["content of c"]]);
  await archive.abandon();
});
