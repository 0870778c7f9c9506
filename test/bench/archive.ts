import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createReadStream, mkdtempSync, rmSync } from "node:fs";
import { open, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { crc32, createGzip } from "node:zlib";
import { deflateSegment } from "../../core/archive/deflate-segment.ts";
import { openIndexed } from "../../core/archive/open-indexed.ts";
import { packEntries } from "../../core/archive/pack-entries.ts";
import { readArchive } from "../../core/archive/read-archive.ts";
import { createArchive } from "../../core/archive/write-archive.ts";
import { journalText, seededRandom } from "../core/archive/journal-text.ts";
import { fileSource } from "../core/archive/range-source.ts";

/** Sealing raw logs and reading single ones of them, side by side with tar and gzip of level 6 on one thread and a scan from the start for each. */
const megabytes = Number(process.argv[2] ?? 500);
const logBytes = 2_500_000;
const count = Math.round((megabytes * 1e6) / logBytes);
const folder = mkdtempSync(join(tmpdir(), "asdic-bench-"));
const random = seededRandom(1);

type Log = { readonly name: string; readonly content: Buffer; readonly crc32: number; readonly packed: string };
type Taken = { readonly seconds: number; readonly cpu: number };

async function take(work: () => Promise<void>): Promise<Taken> {
  const [start, cpuStart] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(cpuStart);
  return { seconds: (performance.now() - start) / 1000, cpu: (user + system) / 1e6 };
}

/** As nodes' journals differ: each is another part of one text, forty different ones. */
function makeLogs(): readonly Log[] {
  const text = journalText(8 * logBytes, 1);
  const contents = Array.from({ length: 40 }, (_, at) => text.subarray((at * 7 * logBytes) / 40, (at * 7 * logBytes) / 40 + logBytes));
  return Array.from({ length: count }, (_, at) => {
    const content = contents[at % 40] ?? text;
    return { name: `plugins/systemd-logs/results/node-${at}/journal.txt`, content, crc32: crc32(content), packed: join(folder, `segment-${at % 40}`) };
  });
}

/** What workers do on their nodes. */
async function compressForty(logs: readonly Log[]): Promise<void> {
  for (const { content, packed } of logs.slice(0, 40)) await writeFile(packed, await deflateSegment(content, 6));
}

async function sealPlainly(logs: readonly Log[], path: string): Promise<void> {
  const entries = (async function* () {
    for (const { name, content } of logs) yield { name, size: content.length, body: Readable.from([content]) };
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

async function sealRaw(logs: readonly Log[], path: string): Promise<void> {
  const archive = await createArchive(path);
  for (const { name, content } of logs) await archive.add(name, content);
  await archive.finish();
}

async function sealSegments(logs: readonly Log[], path: string): Promise<void> {
  const archive = await createArchive(path);
  for (const log of logs)
    await archive.addPacked(log.name, { size: log.content.length, crc32: log.crc32 }, createReadStream(log.packed, { highWaterMark: 256 * 1024 }));
  await archive.finish();
}

async function scanFor({ name, content }: Log, path: string): Promise<void> {
  for await (const entry of readArchive(createReadStream(path))) {
    if (entry.name !== name) continue;
    await compare(entry.body, content);
    return;
  }
}

async function readByIndex(wanted: readonly Log[], path: string): Promise<void> {
  const archive = (await openIndexed(await fileSource(path))) ?? assert.fail();
  for (const { name, content } of wanted) {
    const entry = archive.entries.find((line) => line.name === name) ?? assert.fail();
    await compare(await archive.open(entry), content);
  }
  await archive.close();
}

async function compare(body: AsyncIterable<Buffer>, content: Buffer): Promise<void> {
  let at = 0;
  for await (const chunk of body) {
    assert.ok(chunk.equals(content.subarray(at, at + chunk.length)));
    at += chunk.length;
  }
  assert.equal(at, content.length);
}

const pick = (logs: readonly Log[], number: number): readonly Log[] =>
  Array.from({ length: number }, () => logs[Math.floor(random() * count)] ?? assert.fail());
const show = ({ seconds, cpu }: Taken): string => `${seconds.toFixed(2)} s (${cpu.toFixed(2)} s of CPU)`;
const times = (slow: Taken, fast: Taken): string =>
  `${(slow.seconds / fast.seconds).toFixed(1)} times as fast, ${(slow.cpu / fast.cpu).toFixed(1)} times less CPU`;

try {
  const [plainPath, rawPath, segmentsPath] = ["plain.tar.gz", "raw.tar.gz", "segments.tar.gz"].map((name) => join(folder, name)) as [string, string, string];
  const logs = makeLogs();
  const workers = await take(() => compressForty(logs));
  const plain = await take(() => sealPlainly(logs, plainPath));
  const raw = await take(() => sealRaw(logs, rawPath));
  const checked = await take(async () => {
    for (const log of logs) await checkPacked(createReadStream(log.packed, { highWaterMark: 256 * 1024 }), { size: log.content.length, crc32: log.crc32 });
  });
  const segments = await take(() => sealSegments(logs, segmentsPath));
  const [plainSize, segmentsSize] = [(await stat(plainPath)).size, (await stat(segmentsPath)).size];
  console.log(`${count} logs of 2.5 MB, sealed with SHA-256 and fsync:`);
  console.log(`tar, gzip -6 on one thread      ${show(plain)}, ${(plainSize / 1e6).toFixed(1)} MB`);
  console.log(`segments, compressed on sealing ${show(raw)}: ${times(plain, raw)}`);
  console.log(`segments, from workers          ${show(segments)}: ${times(plain, segments)}, ${((segmentsSize / plainSize - 1) * 100).toFixed(2)} % larger`);
  console.log(`  the workers' part of it       ${((workers.cpu * count) / 40).toFixed(2)} s of CPU, on their nodes; their check at ingest ${show(checked)}`);
  const scans = 4;
  const scanned = await take(async () => {
    for (const log of pick(logs, scans)) await scanFor(log, plainPath);
  });
  const indexed = await take(() => readByIndex(pick(logs, 100), segmentsPath));
  const [scan, index] = [(scanned.seconds / scans) * 1000, (indexed.seconds / 100) * 1000];
  console.log(
    `a single log of it              ${scan.toFixed(0)} ms by a scan (${scans} of them), ${index.toFixed(1)} ms by the index (100): ${(scan / index).toFixed(0)} times as fast`,
  );
} finally {
  rmSync(folder, { recursive: true });
}
