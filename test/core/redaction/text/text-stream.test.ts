import assert from "node:assert/strict";
import { test } from "node:test";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { createTally } from "../../../../core/redaction/tally.ts";
import { createTextStream } from "../../../../core/redaction/text/text-stream.ts";
import { leakedSecrets } from "../../../redaction-corpus/leaked-secrets.ts";
import { readCorpus } from "../../../redaction-corpus/read-corpus.ts";
import { journalText } from "../../archive/journal-text.ts";
import { testRedactor } from "../redact.ts";

const redactor = testRedactor();
const pass = async (chunks: readonly Buffer[]) => {
  const tally = createTally();
  const out = await buffer(Readable.from(chunks, { objectMode: false }).pipe(createTextStream(redactor, tally)));
  return { out, tally };
};

/** What only a structure shows is no matter of streams. */
const logs = readCorpus("text").filter(({ name }) => name === "app.log");

test("secrets are found wherever the borders of chunks and parts lie", async () => {
  const noise = journalText(700_000, 3);
  for (const cut of [0, 1, 7, 13, 29]) {
    const text = Buffer.concat(logs.flatMap(({ content }, at) => [noise.subarray(at * 5000 + cut, (at + 1) * 5000 + cut * 3), Buffer.from(`\n${content}\n`)]));
    const size = 60_000 + cut;
    const chunks = Array.from({ length: Math.ceil(text.length / size) }, (_, at) => text.subarray(at * size, (at + 1) * size));
    const { out } = await pass(chunks);
    assert.deepEqual(
      leakedSecrets(
        logs.flatMap(({ secrets }) => secrets),
        out.toString(),
      ),
      [],
    );
  }
});

test("a secret on the border of two parts is hidden once, byte by byte of where it may lie", async () => {
  const secret = `password=${"s3cret-".repeat(4)}end0`;
  for (let shift = 0; shift < 60; shift += 3) {
    const at = 512 * 1024 - 16 * 1024 - 30 + shift;
    const text = Buffer.concat([Buffer.alloc(at, "x \n"), Buffer.from(`\n${secret} \n`), Buffer.alloc(40_000, "y \n")]);
    const { out, tally } = await pass([text.subarray(0, 512 * 1024), text.subarray(512 * 1024)]);
    assert.equal(out.toString(), text.toString().replace(secret, "password=REDACTED"));
    assert.deepEqual([...tally.counts], [["secret-by-name", 1]]);
  }
});

test("a private key of many lines on the border of two parts is hidden whole", async () => {
  const key =
    `-----BEGIN RSA ¦PRIVATE KEY-----\n${"abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZab\n".repeat(50)}-----END RSA ¦PRIVATE KEY-----\n`.replaceAll(
      "¦",
      "",
    );
  const text = Buffer.concat([Buffer.alloc(512 * 1024 - 16 * 1024 - 1500, "x \n"), Buffer.from(`\n${key}`), Buffer.alloc(40_000, "y \n")]);
  const { out } = await pass([text]);
  assert.ok(!out.includes("abcdefghij"));
  assert.ok(out.includes("PRIVATE KEY-----\nREDACTED\n-----END"));
});

test("text without secrets, and bytes that are no text, come out as they went in", async () => {
  const noise = journalText(2_000_000, 5);
  const { out, tally } = await pass([noise]);
  assert.ok(out.equals(noise));
  assert.equal(tally.counts.size, 0);
  const bytes = Buffer.from(Array.from({ length: 100_000 }, (_, at) => (at * 7919) % 256));
  assert.ok((await pass([bytes])).out.equals(bytes));
});
