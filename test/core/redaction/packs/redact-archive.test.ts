import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import { readerLimits } from "../../../../core/archive/archive-limits.ts";
import { readPacked, unpackSegments } from "../../../../core/archive/read-packed.ts";
import { parsePackReport } from "../../../../core/redaction/packs/pack-report.ts";
import { redactArchive } from "../../../../core/redaction/packs/redact-archive.ts";
import { packRedacted } from "../../../../core/redaction/packs/redact-pack.ts";
import { createRedactor } from "../../../../core/redaction/redactor.ts";
import type { FileTally } from "../../../../core/redaction/redaction-report.ts";
import { journalText } from "../../archive/journal-text.ts";
import { makeTarGz } from "../../archive/tar.ts";

const secret = "hunter2-falcon";
const line = `dial: password=${secret} refused\n`;
const large = Buffer.concat([Buffer.from(line), journalText(700_000, 5), Buffer.from(line)]);

const pack = (archive: Buffer, folder: string): Promise<Buffer> => {
  const redactor = createRedactor({ longestUnpacked: 300_000 });
  const open = () => Readable.from([archive], { objectMode: false });
  const files = redactArchive(open, { redactor, heldBytes: 200_000, folder, limits: { ...readerLimits, links: "skip" } });
  return buffer(packRedacted(files, folder));
};

test("large and small files of an archive come without their secrets, archives in it too, and what is too large for that is left out", async () => {
  const archive = await makeTarGz([
    { name: "a/app.log", content: line },
    { name: "large.log", content: large },
    { name: "old.log.gz", content: gzipSync(line) },
    { name: "huge.log.gz", content: gzipSync(large) },
    { name: "huge.tar.gz", content: await makeTarGz([{ name: "in.log", content: large }]) },
    { name: "ok.txt", content: "fine" },
  ]);
  const files = new Map<string, Buffer>();
  let report: readonly FileTally[] = [];
  for await (const { name, content } of readPacked(
    Readable.from([await pack(archive, "plugins/p/results/global")]),
    (bytes) => (report = parsePackReport(bytes)),
  ))
    files.set(name, Buffer.isBuffer(content) ? content : await buffer(unpackSegments(content)));
  const clean = line.replace(secret, "REDACTED");
  assert.deepEqual([...files.keys()], ["a/app.log", "large.log", "old.log.gz", "huge.log.gz", "huge.tar.gz", "ok.txt"]);
  assert.equal(files.get("a/app.log")?.toString(), clean);
  assert.equal(files.get("large.log")?.toString("latin1"), large.toString("latin1").replaceAll(secret, "REDACTED"));
  assert.equal(gunzipSync(files.get("old.log.gz") ?? "").toString(), clean);
  assert.equal(gunzipSync(files.get("huge.log.gz") ?? "").toString("latin1"), files.get("large.log")?.toString("latin1"));
  assert.match(files.get("huge.tar.gz")?.toString() ?? "", /left this file out/);
  assert.deepEqual(
    report.map(({ name, tally }) => [name.slice("plugins/p/results/global/".length), [...tally.counts.values()], tally.dropped.length]),
    [
      ["a/app.log", [1], 0],
      ["large.log", [2], 0],
      ["old.log.gz", [1], 0],
      ["huge.log.gz", [2], 0],
      ["huge.tar.gz", [], 1],
    ],
  );
});

test("the suite's own files come to the letter", async () => {
  const packed = await pack(await makeTarGz([{ name: "e2e.log", content: large }]), "plugins/e2e/results/global");
  for await (const { content } of readPacked(Readable.from([packed])))
    assert.ok(!Buffer.isBuffer(content) && (await buffer(unpackSegments(content))).equals(large));
});

test("an archive that is damaged is known before there is a file", async () => {
  const archive = gzipSync(
    gunzipSync(
      await makeTarGz([
        { name: "a.log", content: line },
        { name: "b.log", content: large },
      ]),
    ).subarray(0, 5000),
  );
  await assert.rejects(pack(archive, "plugins/p/results/global"), { code: "invalid-tarball" });
});
