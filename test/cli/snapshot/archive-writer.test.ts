import assert from "node:assert/strict";
import { createReadStream } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { after, test } from "node:test";
import { archiveWriter } from "../../../cli/snapshot/archive-writer.ts";
import { readArchive } from "../../../core/archive/read-archive.ts";
import { createArchive } from "../../../core/archive/write-archive.ts";

const folder = await mkdtemp(join(tmpdir(), "asdic-archive-writer-"));
after(() => rm(folder, { recursive: true }));

async function* inChunks(count: number, chunk: Buffer): AsyncGenerator<Buffer> {
  for (let index = 0; index < count; index++) yield chunk;
}

test("files of any length come into the archive, several at once, and nothing else is left beside it", async () => {
  const path = join(folder, "a.tar.gz");
  const archive = await createArchive(path);
  const writer = archiveWriter(archive, path);
  const chunk = Buffer.from("0123456789abcdef".repeat(4096));
  const sizes = { "a.txt": 0, "b.txt": 1, "c.txt": 16, "d.txt": 17, "e.txt": 100 };
  await Promise.all([writer.put("whole.txt", Buffer.from("whole")), ...Object.entries(sizes).map(([name, count]) => writer.put(name, inChunks(count, chunk)))]);
  await archive.finish();
  await writer.close();
  const found = new Map<string, Buffer>();
  for await (const { name, body } of readArchive(createReadStream(path))) found.set(name, await buffer(body));
  assert.equal(found.get("whole.txt")?.toString(), "whole");
  for (const [name, count] of Object.entries(sizes)) assert.ok(found.get(name)?.equals(Buffer.concat(Array.from({ length: count }, () => chunk))), name);
  assert.deepEqual(await readdir(folder), ["a.tar.gz"]);
});

test("a file that breaks off while it comes is told as its own error", async () => {
  const path = join(folder, "b.tar.gz");
  const archive = await createArchive(path);
  const writer = archiveWriter(archive, path);
  async function* broken(): AsyncGenerator<Buffer> {
    for (let index = 0; index < 40; index++) yield Buffer.alloc(64 * 1024);
    throw new Error("the source is gone");
  }
  await assert.rejects(writer.put("a.txt", broken()), /the source is gone/);
  await archive.abandon();
  await writer.close();
  assert.deepEqual(await readdir(folder), ["a.tar.gz"]);
});
