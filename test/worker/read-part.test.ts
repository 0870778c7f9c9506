import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { test } from "node:test";
import { openResult } from "../../worker/open-result.ts";
import { readPart } from "../../worker/read-part.ts";

const content = randomBytes(200_000);
const digest = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");
const chunks = Array.from({ length: 4 }, (_, index) => content.subarray(index * 50_000, (index + 1) * 50_000));
const open = async () => ({ what: "a file", headers: {}, body: Readable.from(chunks, { objectMode: false }) });

for (const size of [1, 50_000, 60_000, content.length])
  test(`behind a part of ${size} bytes comes the rest, and the digest is that of the whole`, async () => {
    const rest = await readPart(open, { size, sha256: digest(content.subarray(0, size)) });
    assert.ok(rest);
    const bytes = await buffer(rest.body);
    assert.deepEqual(bytes, content.subarray(size));
    assert.equal(rest.hash.update(bytes).digest("hex"), digest(content));
  });

const others: readonly (readonly [string, { readonly size: number; readonly sha256: string }])[] = [
  ["of other bytes", { size: 60_000, sha256: digest(randomBytes(60_000)) }],
  ["longer than the result", { size: content.length + 1, sha256: digest(content) }],
];
for (const [what, part] of others)
  test(`a part ${what} is not gone on with`, async () => {
    let body: Readable | undefined;
    const opened = async () => {
      const result = await open();
      ({ body } = result);
      return result;
    };
    assert.equal(await readPart(opened, part), undefined);
    assert.equal(body?.destroyed, true);
  });

for (const [what, done] of [
  ["folder", "."],
  ["file", "large.log"],
] as const)
  test(`wherever a packed ${what} breaks off, the rest fits`, async (context) => {
    const folder = await mkdtemp(join(tmpdir(), "asdic-part-"));
    context.after(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, "a.txt"), "a");
    await writeFile(join(folder, "large.log"), Buffer.alloc(300_000, "a line of a log\n"));
    const openPacked = () => openResult(folder, { fingerprint: "", text: done }, { onSkipped: assert.fail });
    const whole = await buffer((await openPacked()).body);
    for (let size = 1; size <= whole.length; size++) {
      const rest = await readPart(openPacked, { size, sha256: digest(whole.subarray(0, size)) });
      assert.ok(rest, `at ${size}`);
      assert.deepEqual(await buffer(rest.body), whole.subarray(size), `at ${size}`);
    }
  });
