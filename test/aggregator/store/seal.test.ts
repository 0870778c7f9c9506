import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { createExpectedResults } from "../../../aggregator/state/expected-results.ts";
import type { SealInput } from "../../../aggregator/store/seal-input.ts";
import { seal } from "../../../aggregator/store/seal.ts";
import { readRun } from "../../../reports/read-run.ts";
import { readAll } from "../../core/archive/tar.ts";
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
    "meta/status.json",
    "meta/index.ndjson",
    "meta/index.at",
  ]);
  const run = await readRun(join(input.folder, name));
  assert.deepEqual([run.manifest?.runId, run.status?.outcome, run.serverVersion], [runSpec.runId, "complete", "v1.36.3"]);
});

test("a tarball that can't be written leaves nothing behind", async (context) => {
  const input = await prepare(context);
  await assert.rejects(seal({ ...input, logFile: join(input.folder, "nowhere") }), { code: "ENOENT" });
  assert.deepEqual(await readdir(input.folder), []);
});
