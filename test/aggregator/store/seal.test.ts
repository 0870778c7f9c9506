import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { test, type TestContext } from "node:test";
import { createExpectedResults } from "../../../aggregator/state/expected-results.ts";
import type { SealInput } from "../../../aggregator/store/seal-input.ts";
import { seal } from "../../../aggregator/store/seal.ts";
import { openIndexed } from "../../../core/archive/open-indexed.ts";
import { readRun } from "../../../reports/read-run.ts";
import { definition } from "../../cli/definitions.ts";
import { journalText } from "../../core/archive/journal-text.ts";
import { packFiles, splitFrames } from "../../core/archive/packed.ts";
import { bufferSource } from "../../core/archive/range-source.ts";
import { readAll } from "../../core/archive/tar.ts";
import { noRedaction } from "../no-redaction.ts";
import { runSpec } from "../run-spec.ts";

const startedAt = new Date("2026-11-21T10:00:00Z");

async function prepare(context: TestContext): Promise<SealInput> {
  const folder = await mkdtemp(join(tmpdir(), "asdic-seal-"));
  context.after(() => rm(folder, { recursive: true }));
  const [treeFolder, logFile, out] = [join(folder, "tree"), join(folder, "run.log"), join(folder, "out")];
  await mkdir(join(treeFolder, "podlogs/ns/pod/logs"), { recursive: true });
  await mkdir(out);
  await writeFile(join(treeFolder, "podlogs/ns/pod/logs/c.txt"), "a line\n".repeat(100_000));
  await writeFile(join(treeFolder, "serverversion.json"), '{"gitVersion": "v1.36.3"}');
  await writeFile(logFile, "started\n");
  return {
    folder: out,
    spec: { ...runSpec, plugins: [] },
    definitions: [],
    results: createExpectedResults(() => startedAt),
    spoolFolder: folder,
    treeFolder,
    logFile,
    startedAt,
    redaction: noRedaction,
    status: {
      runId: runSpec.runId,
      namespace: runSpec.namespace,
      toolVersion: runSpec.toolVersion,
      phase: "complete",
      outcome: "complete",
      resultStatus: "passed",
      startedAt: startedAt.toISOString(),
      updatedAt: startedAt.toISOString(),
      plugins: [],
      problems: [],
      problemCount: 0,
      results: [],
    },
  };
}

test("a sealed tarball begins with the manifest, ends with status, index and the index's place, and is announced as it lies there", async (context) => {
  const input = await prepare(context);
  const { name, sha256, size } = await seal(input);
  assert.deepEqual(await readdir(input.folder), [name]);
  const bytes = await readFile(join(input.folder, name));
  assert.deepEqual({ size, sha256 }, { size: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") });
  const names = (await readAll(bytes)).map(([entry]) => entry);
  assert.deepEqual(names, [
    "meta/manifest.json",
    "meta/info.json",
    "meta/config.json",
    "podlogs/ns/pod/logs/c.txt",
    "serverversion.json",
    "meta/run.log",
    "meta/redaction.json",
    "meta/status.json",
    "meta/index.ndjson",
    "meta/index.at",
  ]);
  const run = await readRun(join(input.folder, name));
  assert.deepEqual([run.manifest?.runId, run.status?.outcome, run.serverVersion], [runSpec.runId, "complete", "v1.36.3"]);
});

test("packed results are sealed under their names, the large ones as the segments that came", async (context) => {
  const input = await prepare(context);
  const large = journalText(600_000, 1);
  const packed = await packFiles([
    ["small.txt", "small"],
    ["large.log", large],
    ["small.txt", "again"],
  ]);
  await writeFile(join(input.spoolFolder, "f"), packed);
  const upload = { file: "f", shape: "packed", name: "results", size: packed.length, sha256: "", announced: true } as const;
  input.results.update(input.results.expect("p", "n1"), { state: "done", upload });
  const { name } = await seal({ ...input, definitions: [definition({ name: "p", resultFormat: "raw" })] });
  const bytes = await readFile(join(input.folder, name));
  const folder = "plugins/p/results/n1/";
  const found = (await readAll(bytes)).filter(([entry]) => entry.startsWith(folder));
  assert.deepEqual(found, [
    [`${folder}small.txt`, "small"],
    [`${folder}large.log`, large.toString("latin1")],
    [`${folder}small.txt~2`, "again"],
  ]);
  for (const { kind, start, end } of splitFrames(packed)) assert.equal(bytes.includes(packed.subarray(start + 13, end)), kind === 2);
  const archive = (await openIndexed(bufferSource(bytes))) ?? assert.fail();
  const line = archive.entries.find((entry) => entry.name === `${folder}large.log`) ?? assert.fail();
  assert.deepEqual(await buffer(await archive.open(line)), large);
});

test("a tarball that can't be written leaves nothing behind", async (context) => {
  const input = await prepare(context);
  await assert.rejects(seal({ ...input, logFile: join(input.folder, "nowhere") }), { code: "ENOENT" });
  assert.deepEqual(await readdir(input.folder), []);
});
