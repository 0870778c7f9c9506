import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { after, before, describe, it } from "node:test";
import { createGunzip } from "node:zlib";
import type { IndexLine } from "../../../core/contract/tarball-layout.ts";
import { openIndexed } from "../../../core/archive/open-indexed.ts";
import { createArchive } from "../../../core/archive/write-archive.ts";
import { isMissing, programs, type Found } from "./foreign-programs.ts";
import { journalText, seededRandom } from "./journal-text.ts";
import { fileSource } from "./range-source.ts";
import { makeTarGz } from "./tar.ts";
import { unpackInBrowser } from "./unpack-in-browser.ts";

const counts = [1, 1000, 100_000] as const;

describe("archives of 1, 1,000 and 100,000 entries", () => {
  let folder = "";
  const expected = new Map<number, Found>();
  const pathOf = (count: number): string => join(folder, `${count}.tar.gz`);

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "asdic-foreign-"));
    for (const count of counts) expected.set(count, await write(pathOf(count), count));
  });
  after(() => rm(folder, { recursive: true }));

  for (const { name, missing, read } of programs)
    it(`are read to their end by ${name}`, { skip: missing }, async () => {
      for (const count of counts) assert.deepEqual(await read(pathOf(count)), expected.get(count));
    });

  it("are whole for gzip -t", { skip: isMissing("gzip") }, () => {
    const { status, stderr } = spawnSync("gzip", ["-t", ...counts.map(pathOf)], { encoding: "utf8" });
    assert.deepEqual([status, stderr], [0, ""]);
  });

  it("are unpacked by a browser's DecompressionStream", { skip: isMissing("chromium"), timeout: 60_000 }, async ({ signal }) => {
    const paths = counts.map(pathOf);
    assert.deepEqual(await unpackInBrowser("chromium", paths, signal), await Promise.all(paths.map(digestUnpacked)));
  });

  it("give each entry by the index, whichever it is", async () => {
    const random = seededRandom(7);
    const archive = await openIndexed(await fileSource(pathOf(100_000)));
    assert.equal(archive?.entries.length, 100_000);
    for (const at of [0, 99_999, ...Array.from({ length: 50 }, () => Math.floor(random() * 100_000))]) {
      const entry: IndexLine = archive.entries[at] ?? assert.fail();
      assert.equal(entry.name, nameOf(at));
      assert.deepEqual(await buffer(await archive.open(entry)), contentOf(at, 100_000));
    }
    await archive.close();
  });
});

const text = journalText(2_500_000, 1);

/** One name in a hundred is in need of pax, whose reading takes Python long. */
const nameOf = (at: number): string => `podlogs/ns-${at % 97}/pod-${at}/logs/${at % 200 === 99 ? "ü" : at % 200 === 199 ? "c".repeat(120) : "c"}.txt`;

/** Some are empty. One in a hundred of a small archive's is as large as stands alone. */
function contentOf(at: number, count: number): Buffer {
  const start = (at * 7919) % 2_000_000;
  return text.subarray(start, start + (count <= 1000 && at % 100 === 0 ? 450_000 : (at * 31) % 500));
}

async function write(path: string, count: number): Promise<Found> {
  const archive = await createArchive(path);
  const hash = createHash("sha256");
  for (let at = 0; at < count; at++) {
    const content = contentOf(at, count);
    hash.update(content);
    if (at === 500 && count === 1000) await archive.addStream(nameOf(at), content.length, Readable.from([content]));
    else await archive.add(nameOf(at), content);
  }
  await archive.finish();
  return { files: count, sha256: hash.digest("hex") };
}

async function digestUnpacked(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path).pipe(createGunzip())) hash.update(chunk as Buffer);
  return hash.digest("hex");
}

for (const [what, size, count] of [
  ["2 KB", 2000, 1500],
  ["200 KB", 200_000, 15],
  ["2.5 MB", 2_500_000, 3],
] as const)
  it(`an archive of entries of ${what} is at most 3 % larger than one gzip stream of level 6`, async (context) => {
    const entries = Array.from({ length: count }, (_, at) => ({
      name: `plugins/systemd-logs/results/worker-${at}/journal.txt`,
      content: journalText(size, at),
    }));
    const path = join(await mkdtemp(join(tmpdir(), "asdic-size-")), "a.tar.gz");
    const archive = await createArchive(path);
    for (const { name, content } of entries) await archive.add(name, content);
    await archive.finish();
    const ratio = (await stat(path)).size / (await makeTarGz(entries)).length;
    await rm(join(path, ".."), { recursive: true });
    context.diagnostic(`${((ratio - 1) * 100).toFixed(2)} %`);
    assert.ok(ratio < 1.03, `${ratio} times as large`);
  });
