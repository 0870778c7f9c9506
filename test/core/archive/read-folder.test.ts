import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, test } from "node:test";
import type { ArchiveLimits } from "../../../core/archive/archive-limits.ts";
import { readerLimits } from "../../../core/archive/archive-limits.ts";
import { readFolder } from "../../../core/archive/read-folder.ts";

const folder = await mkdtemp(join(tmpdir(), "asdic-read-folder-"));
after(() => rm(folder, { recursive: true }));
await mkdir(join(folder, "plain/meta/deep"), { recursive: true });
await writeFile(join(folder, "plain/b.txt"), "bee");
await writeFile(join(folder, "plain/meta/deep/empty"), "");
await writeFile(join(folder, "plain/a.txt"), "ay");
await mkdir(join(folder, "linked"));
await writeFile(join(folder, "linked/z.txt"), "zed");
await symlink(folder, join(folder, "linked/up"));

async function read(name: string, limits?: ArchiveLimits): Promise<readonly (readonly [string, number, string])[]> {
  const found: [string, number, string][] = [];
  for await (const { name: entry, size, body } of readFolder(join(folder, name), limits)) found.push([entry, size, await text(body)]);
  return found;
}

test("a folder's files come by their names, with their sizes and all that is in them", async () => {
  assert.deepEqual(await read("plain"), [
    ["a.txt", 2, "ay"],
    ["b.txt", 3, "bee"],
    ["meta/deep/empty", 0, ""],
  ]);
});

test("a body that is not read keeps nothing open, and an early end is no error", async () => {
  for await (const { name } of readFolder(join(folder, "plain"))) if (name === "b.txt") break;
});

test("a link is refused, or skipped where the limits say so, and never followed", async () => {
  await assert.rejects(read("linked"), /^KnownError: holds "up", which is a symbolic link\.$/);
  const skipped: string[] = [];
  assert.deepEqual(await read("linked", { ...readerLimits, links: "skip", onSkipped: (name) => skipped.push(name) }), [["z.txt", 3, "zed"]]);
  assert.deepEqual(skipped, ["up"]);
});

for (const [limit, says] of [
  [{ maxEntries: 2 }, /holds more than 2 files/],
  [{ maxEntryBytes: 2 }, /holds "b\.txt" of more than 2 bytes/],
  [{ maxTotalBytes: 4 }, /holds more than 4 bytes/],
] as const)
  test(`${Object.keys(limit).join()} is kept`, async () => assert.rejects(read("plain", { ...readerLimits, ...limit }), says));
