import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import type { TestContext } from "node:test";
import { test } from "node:test";
import type { AcceptedUpload } from "../../../aggregator/state/accepted-upload.ts";
import { processResult } from "../../../aggregator/store/process-result.ts";
import { readDistinctFiles } from "../../../aggregator/store/read-upload.ts";
import { definition } from "../../cli/definitions.ts";
import { journalText } from "../../core/archive/journal-text.ts";
import { packFiles } from "../../core/archive/packed.ts";

async function spool(context: TestContext, bytes: Buffer): Promise<{ readonly upload: AcceptedUpload; readonly folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), "asdic-spool-"));
  context.after(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, "f"), bytes);
  return { folder, upload: { file: "f", shape: "packed", name: "named.log", size: bytes.length, sha256: "", announced: true } };
}

const large = journalText(600_000, 1);

test("a packed folder's files have their names, and one that is there twice is kept twice", async (context) => {
  const files = [
    ["a", Buffer.from("1")],
    ["sub/large", large],
    ["a", Buffer.from("2")],
    ["empty", Buffer.alloc(0)],
  ] as const;
  const { upload, folder } = await spool(context, await packFiles(files));
  const found: (readonly [string, number, Buffer])[] = [];
  for await (const { name, size, body } of readDistinctFiles(upload, folder)) found.push([name, size, await buffer(body)]);
  assert.deepEqual(
    found,
    files.map(([name, content], index) => [index === 2 ? "a~2" : name, content.length, content]),
  );
});

test("a packed file has the name of its upload, and its segments are there for the tarball", async (context) => {
  const { upload, folder } = await spool(context, await packFiles([["", large]]));
  for await (const { name, segments } of readDistinctFiles(upload, folder)) {
    assert.equal(name, "named.log");
    let size = 0;
    for await (const segment of segments ?? assert.fail()) size += segment.size;
    assert.equal(size, large.length);
  }
});

test("a body that is given up in the middle lets the next file be read", async (context) => {
  const { upload, folder } = await spool(
    context,
    await packFiles([
      ["1", large],
      ["2", large],
      ["3", "end"],
    ]),
  );
  const names: string[] = [];
  for await (const { name, body } of readDistinctFiles(upload, folder)) {
    names.push(name);
    for await (const _ of body) break;
  }
  assert.deepEqual(names, ["1", "2", "3"]);
});

const junit = `<testsuite>${Array.from({ length: 5000 }, (_, index) => `<testcase name="a test of the number ${index}"/>`).join("")}</testsuite>`;

for (const [resultFormat, counts] of [
  ["junit", { passed: 5000 }],
  ["raw", { passed: 2 }],
] as const)
  test(`a packed result is read as its plugin's format says: ${resultFormat}`, async (context) => {
    const { upload, folder: spoolFolder } = await spool(
      context,
      await packFiles([
        ["large.xml", junit],
        ["other.log", large],
      ]),
    );
    const processed = await processResult({ upload, definition: definition({ resultFormat }), node: "n1", spoolFolder, clean: (json) => json });
    assert.deepEqual(processed, { resultStatus: "passed", resultCounts: counts });
  });
