import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { after, test } from "node:test";
import { redactEntry } from "../../../../core/redaction/files/redact-entry.ts";
import { createTally } from "../../../../core/redaction/tally.ts";
import { testRedactor } from "../redact.ts";

const folder = await mkdtemp(join(tmpdir(), "asdic-redact-entry-"));
after(() => rm(folder, { recursive: true }));

const line = Buffer.from("a line of a log that says nothing much, again and again and again\n");
const filler = Buffer.concat(Array.from({ length: 1_050_000 }, () => line));
const signal = new AbortController().signal;

async function run(name: string, head: string) {
  const tally = createTally();
  const content = [Buffer.from(head), filler, Buffer.from("password=hunter2\n")];
  const size = content.reduce((sum, { length }) => sum + length, 0);
  const clean = await redactEntry(testRedactor(), { name, size, body: Readable.from(content, { objectMode: false }) }, { tally, spoolFolder: folder, signal });
  assert.ok("path" in clean);
  const text = await readFile(clean.path);
  assert.equal(text.length, clean.size);
  await clean.remove();
  assert.deepEqual(await readdir(folder), []);
  return { tail: text.subarray(-18).toString(), head: text.subarray(0, 200).toString(), tally, isKept: clean.isKept };
}

test("text that is too large to be held goes through a file, which is gone afterwards", async () => {
  const { tail, tally, isKept } = await run("big.log", "token=abc123def456\n");
  assert.deepEqual([tail, isKept, tally.counts.get("secret-by-name")], ["password=REDACTED\n", false, 2]);
});

test("of a large log of JSON each line is read by its structure", async () => {
  const { head } = await run("audit.log", '{"requestObject":{"kind":"Secret","data":{"x":"YXVkaXQtc2VjcmV0"}}}\n');
  assert.ok(!head.includes("YXVkaXQtc2VjcmV0"));
});

test("a large conformance log is counted and stays as it is", async () => {
  const { tail, tally, isKept } = await run("plugins/e2e/results/global/e2e.log", "x\n");
  assert.deepEqual([tail.slice(-17), isKept, tally.counts.get("secret-by-name")], ["password=hunter2\n", true, 1]);
});
