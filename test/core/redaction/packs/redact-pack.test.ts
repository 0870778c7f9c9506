import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import { readPacked, unpackSegments } from "../../../../core/archive/read-packed.ts";
import { parsePackReport } from "../../../../core/redaction/packs/pack-report.ts";
import { redactPack } from "../../../../core/redaction/packs/redact-pack.ts";
import type { PackSource } from "../../../../core/redaction/packs/redact-source.ts";
import type { Redactor } from "../../../../core/redaction/redactor.ts";
import { createRedactor } from "../../../../core/redaction/redactor.ts";
import type { FileTally } from "../../../../core/redaction/redaction-report.ts";
import { parseUserRules } from "../../../../core/redaction/user-rules/parse-user-rules.ts";
import { journalText } from "../../archive/journal-text.ts";
import { inPieces, makeTarGz } from "../../archive/tar.ts";

const folder = "plugins/p/results/global";
const heldBytes = 512 * 1024;
const redactor = createRedactor({ longestUnpacked: 1024 * 1024 });
const secret = "hunter2-falcon";
const line = Buffer.from(`dial: password=${secret} refused\n`);

async function pack(files: Readonly<Record<string, Buffer>>, own: { readonly redactor?: Redactor; readonly folder?: string } = {}): Promise<Buffer> {
  const place = own.folder ?? folder;
  const sources = Object.entries(files).map(([name, content]): PackSource => ({
    name,
    path: `${place}/${name}`,
    size: content.length,
    open: () => inPieces(content, 100_000),
  }));
  return buffer(redactPack(Readable.from(sources), { redactor: own.redactor ?? redactor, heldBytes, folder: place }));
}

type Unpacked = { readonly files: ReadonlyMap<string, Buffer>; readonly report: readonly FileTally[] };

async function unpack(packed: Buffer): Promise<Unpacked> {
  const files = new Map<string, Buffer>();
  let report: readonly FileTally[] = [];
  const onReport = (bytes: Buffer): void => void (report = parsePackReport(bytes));
  for await (const { name, size, content } of readPacked(Readable.from([packed], { objectMode: false }), onReport)) {
    const bytes = Buffer.isBuffer(content) ? content : await buffer(unpackSegments(content));
    assert.equal(bytes.length, size);
    files.set(name, bytes);
  }
  return { files, report };
}

const journal = journalText(900_000, 7);
/** A secret that lies over a border of pieces, of segments and of what is looked at together. */
const large = Buffer.concat([journal.subarray(0, 262_130), Buffer.from("\n"), line, journal, line]);
const jsonLines = Buffer.from(`${JSON.stringify({ level: "info", token: secret, text: "x".repeat(200) })}\n`.repeat(4000));
const oneLongLine = Buffer.from(`{"text":"${"x".repeat(17_000_000)}","password":"${secret}"}`);

const cases: readonly { readonly what: string; readonly name: string; readonly content: Buffer; readonly read?: (bytes: Buffer) => Buffer }[] = [
  { what: "a small log", name: "app.log", content: line },
  { what: "a log that is read as a stream", name: "large.log", content: large },
  { what: "an audit log that is read as a stream", name: "audit.log", content: jsonLines },
  {
    what: "JSON that is read as text because of its size",
    name: "large.json",
    content: Buffer.from(JSON.stringify({ a: "y".repeat(600_000), password: secret })),
  },
  { what: "a line too long for an audit log", name: "long.log", content: oneLongLine },
  { what: "small gzip", name: "app.log.gz", content: gzipSync(line), read: gunzipSync },
  { what: "gzip of which more than can be held is in it", name: "large.log.gz", content: gzipSync(Buffer.concat([large, large])), read: gunzipSync },
];
for (const { what, name, content, read = (bytes: Buffer) => bytes } of cases)
  test(`nothing secret is left in ${what}, all else is, and the report says so`, async () => {
    const packed = await pack({ [name]: content });
    const { files, report } = await unpack(packed);
    const [before, after] = [read(content).toString("latin1"), read(files.get(name) ?? Buffer.alloc(0)).toString("latin1")];
    assert.ok(before.includes(secret));
    assert.equal(after, before.replaceAll(secret, "REDACTED"));
    assert.deepEqual(
      report.map((file) => [file.name, file.isKept, [...file.tally.counts.values()].length > 0]),
      [[`${folder}/${name}`, false, true]],
    );
    assert.ok(packed.equals(await pack({ [name]: content })), "the same files are to give the same bytes");
  });

test("files without secrets come out as they went in, and the report is empty", async () => {
  const noise = Buffer.from(journalText(300_000, 3));
  const { files, report } = await unpack(
    await pack({ "a.log": journal, "b.json": Buffer.from('{ "a":1 }'), "c.log.gz": gzipSync(noise), "d.txt": Buffer.alloc(0) }),
  );
  assert.deepEqual([...files.keys()], ["a.log", "b.json", "c.log.gz", "d.txt"]);
  assert.ok(files.get("a.log")?.equals(journal));
  assert.equal(files.get("b.json")?.toString(), '{ "a":1 }');
  assert.ok(files.get("c.log.gz")?.equals(gzipSync(noise)));
  assert.deepEqual(report, []);
});

const leftOut: readonly { readonly what: string; readonly name: string; readonly content: Buffer; readonly why: RegExp }[] = [
  {
    what: "an archive too large to be held",
    name: "logs.tar.gz",
    content: await makeTarGz([
      { name: "a.log", content: large },
      { name: "b.log", content: line },
    ]),
    why: /read only whole/,
  },
  { what: "a large file that is no gzip to its end", name: "large.gz", content: gzipSync(Buffer.concat([large, large])).subarray(0, -20_000), why: /damaged/ },
  { what: "JSON that is none", name: "a.json", content: Buffer.from(`{"password": "${secret}"`), why: /not what its name says/ },
];
for (const { what, name, content, why } of leftOut)
  test(`${what} is left out, and the report says why`, async () => {
    const { files, report } = await unpack(await pack({ [name]: content, "other.log": line }));
    assert.match(files.get(name)?.toString() ?? "", /left this file out/);
    assert.match(report[0]?.tally.dropped.join() ?? "", why);
    assert.equal(files.get("other.log")?.toString(), "dial: password=REDACTED refused\n");
  });

test("files by which a cluster is certified are looked at and stay, whatever their size", async () => {
  const suite = { "e2e.log": large, "junit_01.xml": line, "other.log": line };
  const { files, report } = await unpack(await pack(suite, { folder: "plugins/e2e/results/global" }));
  assert.ok(files.get("e2e.log")?.equals(large));
  assert.ok(files.get("junit_01.xml")?.equals(line));
  assert.ok(!files.get("other.log")?.includes(secret));
  assert.deepEqual(
    report.map(({ isKept, tally }) => [isKept, tally.counts.size]),
    [
      [true, 1],
      [true, 1],
      [false, 1],
    ],
  );
});

test("the user's rules say of whole files that they are left out, or stay", async () => {
  const userRules = parseUserRules("rules:\n  - files: '*.pcap'\n    id: captures\nallow:\n  - files: known.log\n", "rules.yaml");
  const { files, report } = await unpack(
    await pack({ "net.pcap": large, "small.pcap": line, "known.log": large }, { redactor: createRedactor({ userRules }) }),
  );
  for (const name of ["net.pcap", "small.pcap"]) assert.match(files.get(name)?.toString() ?? "", /a rule of the user's leaves it out/);
  assert.ok(files.get("known.log")?.equals(large));
  assert.deepEqual(
    report.map(({ tally }) => [[...tally.counts], tally.dropped]),
    [
      [[["captures", 1]], []],
      [[["captures", 1]], []],
    ],
  );
});

test("a secret in a file's name is hidden, also in the report", async () => {
  const name = `token=ghp_${"aB3dE5gH7jK9".repeat(3)}.txt`;
  const { files, report } = await unpack(await pack({ [name]: Buffer.from("x") }));
  assert.ok(![...files.keys(), ...report.map((file) => file.name)].some((shown) => shown.includes("aB3dE5gH7jK9")));
});

test("a report of more files than a pack's frame holds counts the last ones together", async () => {
  const names = Array.from({ length: 6000 }, (_, index) => `${"very-long-name-".repeat(5)}${index}.log`);
  const { report } = await unpack(await pack(Object.fromEntries(names.map((name) => [name, line]))));
  assert.equal(report.at(-1)?.name, folder);
  assert.equal(
    report.reduce((sum, { tally }) => sum + (tally.counts.get("secret-by-name") ?? 0), 0),
    6000,
  );
});
