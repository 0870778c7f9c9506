import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { after, test } from "node:test";
import { redactEntry } from "../../../../core/redaction/files/redact-entry.ts";
import { createRedactor } from "../../../../core/redaction/redactor.ts";
import { createTally } from "../../../../core/redaction/tally.ts";
import { parseUserRules } from "../../../../core/redaction/user-rules/parse-user-rules.ts";
import { testRedactor } from "../redact.ts";

const folder = await mkdtemp(join(tmpdir(), "asdic-redact-entry-"));
after(() => rm(folder, { recursive: true }));

const line = Buffer.from("a line of a log that says nothing much, again and again and again\n");
const filler = Buffer.concat(Array.from({ length: 1_050_000 }, () => line));
const signal = new AbortController().signal;

async function run(name: string, head: string, redactor = testRedactor()) {
  const tally = createTally();
  const content = [Buffer.from(head), filler, Buffer.from("password=hunter2\n")];
  const size = content.reduce((sum, { length }) => sum + length, 0);
  const clean = await redactEntry(redactor, { name, size, body: Readable.from(content, { objectMode: false }) }, { tally, spoolFolder: folder, signal });
  if (!("path" in clean)) return { tail: clean.content.subarray(-18).toString(), head: clean.content.toString(), tally, isKept: clean.isKept };
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

test("a user's rules leave a large file out, or let it stay, as a small one", async () => {
  const redactor = createRedactor({ userRules: parseUserRules("rules:\n  - files: '*.pcap'\n    id: captures\nallow:\n  - files: known.log\n", "rules.yaml") });
  const out = await run("net.pcap", "x\n", redactor);
  assert.match(out.head, /a rule of the user's leaves it out/);
  assert.equal(out.tally.counts.get("captures"), 1);
  const { tail, tally, isKept } = await run("known.log", "x\n", redactor);
  assert.deepEqual([tail.slice(-17), isKept, tally.counts.size], ["password=hunter2\n", true, 0]);
});
