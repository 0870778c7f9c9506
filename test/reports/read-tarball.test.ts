import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import { createReadStream } from "node:fs";
import { unpackArchive } from "../../core/archive/unpack-archive.ts";
import { isKnownError } from "../../core/contract/known-error.ts";
import { readRun } from "../../reports/read-run.ts";
import { readTarball } from "../../reports/read-tarball.ts";
import { smallRun, writeTarball } from "./small-run.ts";

const folder = await mkdtemp(join(tmpdir(), "asdic-read-tarball-"));
after(() => rm(folder, { recursive: true }));

/** A log of its own segment, in the middle of a run. */
const noise = randomBytes(200_000).toString("hex");
const entries = [...smallRun.slice(0, 5), ["podlogs/ns/pod/logs/c.txt", noise] as const, ...smallRun.slice(5)];

test("a run reads the same by the index, one after the other, and from its folder", async () => {
  const path = await writeTarball(folder, "same.tar.gz", entries);
  const [again, extracted] = [join(folder, "again.tar.gz"), join(folder, "extracted")];
  await writeFile(again, gzipSync(gunzipSync(await readFile(path))));
  await unpackArchive(createReadStream(path), extracted, new AbortController().signal);
  const run = await readRun(path);
  assert.deepEqual({ ...(await readRun(again)), path }, run);
  assert.deepEqual({ ...(await readRun(extracted)), path }, run);
});

/** A copy of the tarball in which a byte of the log's content, or of a small entry after it, is another. */
async function damage(name: string, where: "log" | "end"): Promise<string> {
  const path = await writeTarball(folder, name, entries);
  const bytes = await readFile(path);
  const at = where === "log" ? Math.floor(bytes.length / 2) : bytes.length - 3500;
  bytes[at] = (bytes[at] ?? 0) ^ 0xff;
  await writeFile(path, bytes);
  return path;
}

test("what a reader does not open is not read: damage in it goes unseen, and the rest is shown", async () => {
  const path = await damage("log.tar.gz", "log");
  assert.equal((await readRun(path)).status?.outcome, "incomplete");
  await assert.rejects(
    readTarball(path, async ({ name, open }) => {
      if (name.startsWith("podlogs/")) await text(await open());
      return "more";
    }),
    (error) => isKnownError(error) && error.code === "invalid-tarball" && error.message.startsWith(`${path}: `),
  );
});

test("damage in what is opened is an error that names the tarball", async () => {
  const path = await damage("end.tar.gz", "end");
  await assert.rejects(readRun(path), (error) => isKnownError(error) && error.code === "invalid-tarball" && error.message.startsWith(`${path}: `));
});

test("whoever has enough is shown no more", async () => {
  const path = await writeTarball(folder, "enough.tar.gz", entries);
  const seen: string[] = [];
  await readTarball(path, async ({ name, size, open }) => {
    seen.push(name);
    assert.equal((await text(await open())).length, size);
    return seen.length === 2 ? "enough" : "more";
  });
  assert.deepEqual(
    seen,
    entries.slice(0, 2).map(([name]) => name),
  );
});

test("of plugins that nobody wants, and of errors of other nodes, nothing is read, whatever kind of tarball it is", async () => {
  const broken = smallRun.map(([name, content]): readonly [string, string] => [name, name === "plugins/cis/sonobuoy_results.yaml" ? "- [" : content]);
  const path = await writeTarball(folder, "broken.tar.gz", broken);
  const [plain, extracted] = [join(folder, "broken-plain.tar.gz"), join(folder, "broken")];
  await writeFile(plain, gzipSync(gunzipSync(await readFile(path))));
  await unpackArchive(createReadStream(path), extracted, new AbortController().signal);
  const whole = await readRun(await writeTarball(folder, "sound.tar.gz", smallRun));
  for (const place of [path, plain, extracted]) {
    await assert.rejects(readRun(place), /cis\/sonobuoy_results\.yaml is no result tree/);
    const run = await readRun(place, { plugin: "node-facts", node: "node-1" });
    assert.deepEqual(
      run.plugins.map(({ name }) => name),
      ["smoke", "node-facts", "cis"],
    );
    assert.deepEqual(run.plugins[1], whole.plugins[1]);
    assert.deepEqual(run.errors, []);
    assert.deepEqual((await readRun(place, { plugin: "node-facts", node: "node-2" })).errors, whole.errors);
  }
});
