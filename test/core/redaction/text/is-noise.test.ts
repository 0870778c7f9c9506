import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { redactFile } from "../../../../core/redaction/files/redact-file.ts";
import { createRedactor } from "../../../../core/redaction/redactor.ts";
import { createTally } from "../../../../core/redaction/tally.ts";
import { createRandom } from "../../../faults/random/random.ts";

const redactor = createRedactor();
const redact = (content: Buffer): Promise<Buffer> => redactFile(redactor, { name: "data.bin", content }, createTally());

test("in noise, where any two letters and a colon come up, nothing is touched", async () => {
  const random = createRandom(5);
  const noise = Buffer.from(Array.from({ length: 4_000_000 }, () => random.below(256)));
  assert.ok((await redact(noise)).equals(noise));
});

const spoken = "pw=hunter2-of-night";
for (const [what, around] of [
  ["an old encoding", Buffer.from("\xdcber M\xfcller \x93so\x94: ", "latin1")],
  ["a memory dump", Buffer.concat([randomBytes(64), Buffer.from("HOME=/root\0LANG=C\0PATH=/bin\0")])],
] as const)
  test(`a secret in ${what} is hidden all the same`, async () => {
    const clean = await redact(Buffer.concat([Buffer.from([0xff, 0xfe - 1]), around, Buffer.from(`${spoken}\n`), around]));
    assert.ok(!clean.includes("hunter2"), clean.toString("latin1"));
  });
