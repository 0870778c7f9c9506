import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createReadStream, mkdtempSync, rmSync } from "node:fs";
import { mkdir, open, stat, writeFile } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip, deflateRawSync, inflateRawSync } from "node:zlib";
import { checkPackedUpload } from "../../aggregator/ingest/check-packed-upload.ts";
import type { AcceptedUpload } from "../../aggregator/state/accepted-upload.ts";
import { readDistinctFiles } from "../../aggregator/store/read-upload.ts";
import { openIndexed } from "../../core/archive/open-indexed.ts";
import { packEntries } from "../../core/archive/pack-entries.ts";
import { packFolder } from "../../core/archive/pack-folder.ts";
import { readArchive } from "../../core/archive/read-archive.ts";
import { createArchive } from "../../core/archive/write-archive.ts";
import { journalText, seededRandom } from "../core/archive/journal-text.ts";

/**
 * Sealing raw logs that came as workers' segments, and reading single ones of them, side by side with the way Sonobuoy does it: tar and gzip of level 6 on
 * one thread, and a scan from the start for each.
 */
const megabytes = Number(process.argv[2] ?? 2000);
const [logBytes, factsBytes] = [2_500_000, 2000];
const count = Math.round((megabytes * 1e6) / logBytes);
const folder = mkdtempSync(join(tmpdir(), "asdic-bench-"));
const random = seededRandom(1);

/** What came of a node: its log, and a small file beside it. */
type Result = { readonly name: string; readonly log: Buffer; readonly facts: Buffer };
type Taken = { readonly seconds: number; readonly cpu: number };

async function take(work: () => Promise<void>): Promise<Taken> {
  const [start, cpuStart] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(cpuStart);
  return { seconds: (performance.now() - start) / 1000, cpu: (user + system) / 1e6 };
}

/** As nodes' journals differ: each is another part of one text, forty different ones. */
function makeResults(): readonly Result[] {
  const text = journalText(8 * logBytes, 1);
  return Array.from({ length: count }, (_, at) => {
    const start = ((at % 40) * 7 * logBytes) / 40;
    const name = `plugins/systemd-logs/results/node-${at}`;
    return { name, log: text.subarray(start, start + logBytes), facts: text.subarray(start, start + factsBytes) };
  });
}

/** What came of the forty in the spool; the others' is the same. */
const uploads: AcceptedUpload[] = [];

/** What workers do on their nodes. */
async function packForty(results: readonly Result[]): Promise<void> {
  for (const [at, { log, facts }] of results.slice(0, 40).entries()) {
    await mkdir(join(folder, "node"), { recursive: true });
    await writeFile(join(folder, "node/journal.txt"), log);
    await writeFile(join(folder, "node/facts.json"), facts);
    const file = `upload-${at}`;
    await writeFile(join(folder, file), packFolder(join(folder, "node"), {}));
    uploads.push({ file, shape: "packed", name: "results", size: (await stat(join(folder, file))).size, sha256: "", announced: true });
  }
}

const uploadOf = (at: number): AcceptedUpload => uploads[at % 40] ?? assert.fail();

async function checkAll(results: readonly Result[]): Promise<void> {
  const allowed = { maxEntries: 2, maxTotalBytes: logBytes + factsBytes, isFolder: true };
  for (const at of results.keys()) await checkPackedUpload(createReadStream(join(folder, uploadOf(at).file), { highWaterMark: 256 * 1024 }), allowed);
}

async function sealPlainly(results: readonly Result[], path: string): Promise<void> {
  const entries = (async function* () {
    for (const { name, log, facts } of results)
      for (const [file, content] of [["facts.json", facts] as const, ["journal.txt", log] as const])
        yield { name: `${name}/${file}`, size: content.length, body: Readable.from([content]) };
  })();
  const hash = createHash("sha256");
  const file = await open(path, "w");
  await pipeline(packEntries(entries), createGzip(), async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      hash.update(chunk);
      await file.appendFile(chunk);
    }
  });
  await file.sync();
  await file.close();
}

async function sealSegments(results: readonly Result[], path: string): Promise<void> {
  const archive = await createArchive(path);
  for (const [at, result] of results.entries())
    for await (const { name, size, body, segments } of readDistinctFiles(uploadOf(at), folder))
      await (segments ? archive.addPacked(`${result.name}/${name}`, size, segments) : archive.addStream(`${result.name}/${name}`, size, body));
  await archive.finish();
}

/** An entry that is to be read alone, and what it holds. */
type Wanted = readonly [name: string, content: Buffer];

async function scanFor([name, content]: Wanted, path: string): Promise<void> {
  for await (const entry of readArchive(createReadStream(path))) {
    if (entry.name !== name) continue;
    await compare(entry.body, content);
    return;
  }
}

async function readByIndex(wanted: readonly Wanted[], path: string): Promise<void> {
  const file = await open(path);
  const archive = (await openIndexed({ size: (await file.stat()).size, read: (start, end) => readRange(file, start, end) })) ?? assert.fail();
  const lines = new Map(archive.entries.map((line) => [line.name, line]));
  for (const [name, content] of wanted) await compare(await archive.open(lines.get(name) ?? assert.fail()), content);
  await archive.close();
  await file.close();
}

async function* readRange(file: FileHandle, start: number, end: number): AsyncGenerator<Buffer> {
  const { buffer } = await file.read(Buffer.allocUnsafe(end - start), 0, end - start, start);
  yield buffer;
}

async function compare(body: AsyncIterable<Buffer>, content: Buffer): Promise<void> {
  let at = 0;
  for await (const chunk of body) {
    assert.ok(chunk.equals(content.subarray(at, at + chunk.length)));
    at += chunk.length;
  }
  assert.equal(at, content.length);
}

const pick = (results: readonly Result[], number: number): readonly Result[] =>
  Array.from({ length: number }, () => results[Math.floor(random() * count)] ?? assert.fail());
const logOf = ({ name, log }: Result): Wanted => [`${name}/journal.txt`, log];
const factsOf = ({ name, facts }: Result): Wanted => [`${name}/facts.json`, facts];
const show = ({ seconds, cpu }: Taken): string => `${seconds.toFixed(2)} s (${cpu.toFixed(2)} s of CPU)`;
const times = (slow: Taken, fast: Taken): string =>
  `${(slow.seconds / fast.seconds).toFixed(1)} times as fast, ${(slow.cpu / fast.cpu).toFixed(1)} times less CPU`;

try {
  const [plainPath, segmentsPath] = [join(folder, "plain.tar.gz"), join(folder, "segments.tar.gz")];
  const results = makeResults();
  const workers = await take(() => packForty(results));
  const checked = await take(() => checkAll(results));
  const segments = await take(() => sealSegments(results, segmentsPath));
  const plain = await take(() => sealPlainly(results, plainPath));
  const [plainSize, segmentsSize] = [(await stat(plainPath)).size, (await stat(segmentsPath)).size];
  console.log(`${count} logs of 2.5 MB, each with a file of 2 KB, sealed with SHA-256 and fsync:`);
  console.log(`tar, gzip -6 on one thread      ${show(plain)}, ${(plainSize / 1e6).toFixed(1)} MB`);
  console.log(`segments, from workers          ${show(segments)}: ${times(plain, segments)}, ${((segmentsSize / plainSize - 1) * 100).toFixed(2)} % larger`);
  console.log(`  the workers' part of it       ${((workers.cpu * count) / 40).toFixed(2)} s of CPU, on their nodes; their check at ingest ${show(checked)}`);
  const loaded = await take(() => readByIndex([], segmentsPath));
  console.log(`the index loads in              ${(loaded.seconds * 1000).toFixed(1)} ms (${2 * count} entries)`);
  const scans = 5;
  const scanned = await take(async () => {
    for (const result of pick(results, scans)) await scanFor(factsOf(result), plainPath);
  });
  const each = (taken: Taken, number: number): string =>
    `${((taken.seconds / number) * 1000).toFixed(2)} ms (${((taken.cpu / number) * 1000).toFixed(2)} of CPU)`;
  console.log(`a single entry by a scan        ${each(scanned, scans)}, ${scans} of them`);
  for (const [what, wanted] of [
    ["a file of 2 KB ", factsOf],
    ["a log of 2.5 MB", logOf],
  ] as const) {
    const indexed = await take(() => readByIndex(pick(results, 100).map(wanted), segmentsPath));
    const hundred = { seconds: (scanned.seconds * 100) / scans, cpu: (scanned.cpu * 100) / scans };
    console.log(`${what} by the index    ${each(indexed, 100)}, 100 of them: ${times(hundred, indexed)}`);
  }
  const packed = results.slice(0, 40).map(({ log }) => deflateRawSync(log));
  const inflated = await take(async () => packed.forEach((log) => void inflateRawSync(log)));
  console.log(`  inflating alone takes        ${each(inflated, packed.length)} for a log: what no reader of it can fall below`);
} finally {
  rmSync(folder, { recursive: true });
}
