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
import { readReport } from "../../../reports/read-report.ts";
import { readRun } from "../../../reports/read-run.ts";
import { definition } from "../../cli/definitions.ts";
import { journalText } from "../../core/archive/journal-text.ts";
import { packFiles, splitFrames } from "../../core/archive/packed.ts";
import { bufferSource } from "../../core/archive/range-source.ts";
import type { RedactionReport } from "../../../core/redaction/redaction-report.ts";
import type { Leak } from "../../../core/redaction/verify-archive.ts";
import { createIdentities } from "../../../core/redaction/identities/identities.ts";
import { collectTallies } from "../../../core/redaction/collect-tallies.ts";
import { createRedactor } from "../../../core/redaction/redactor.ts";
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
    log: { info: () => undefined, warn: () => undefined },
    signal: AbortSignal.timeout(60_000),
    statusWith: () => ({
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
    }),
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

test("the manifest says what asked for the run, and on which cluster it was", async (context) => {
  const input = await prepare(context);
  const [command, clusterUid] = ["asdic run -p smoke", "41e0a4ab-2b29-4a0c-9c8d-0f0f4b0d3a11"];
  const { name } = await seal({ ...input, clusterUid, spec: { ...input.spec, command } });
  const { provenance } = await readReport(join(input.folder, name));
  assert.deepEqual([provenance.command, provenance.clusterId], [command, createHash("sha256").update(clusterUid).digest("hex").slice(0, 16)]);
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

test("what the aggregator writes itself is searched for secrets, all of it is searched again, and the status knows what was still found", async (context) => {
  const input = await prepare(context);
  const secret = "hunter2-Zq81mmX0";
  await mkdir(join(input.treeFolder, "podlogs/ns/leaky/logs"), { recursive: true });
  await writeFile(join(input.treeFolder, "podlogs/ns/leaky/logs/c.txt"), `as if nobody had looked: password=${secret}\n`);
  const redactor = createRedactor();
  const example = definition({
    name: "example",
    container: { name: "c", image: "i", env: [{ name: "DB_PASSWORD", value: secret }], args: [`postgres://shop:${secret}@db/shop`] },
  });
  const said: (readonly Leak[])[] = [];
  const sealed = await seal({
    ...input,
    definitions: [example],
    redaction: { ...noRedaction, redactor, tallies: collectTallies() },
    statusWith: (leaks) => {
      said.push(leaks);
      return input.statusWith(leaks);
    },
  });
  const files = new Map(await readAll(await readFile(join(input.folder, sealed.name))));
  assert.deepEqual(
    [...files].filter(([, content]) => content.includes(secret)).map(([name]) => name),
    ["podlogs/ns/leaky/logs/c.txt"],
  );
  const leaks = sealed.leaks.map(({ file, count }) => [file, count]);
  assert.deepEqual(leaks, [["podlogs/ns/leaky/logs/c.txt", 1]]);
  assert.deepEqual(said, [sealed.leaks]);
  const report = JSON.parse(files.get("meta/redaction.json") ?? "{}") as RedactionReport;
  assert.deepEqual(report.verified?.leaks, sealed.leaks);
  assert.deepEqual(Object.values(report.verified?.canaries ?? {}), [0, 0, 0, 0, 0, 0]);
  assert.deepEqual([...files.keys()].slice(-4), ["meta/status.json", "meta/redaction.json", "meta/index.ndjson", "meta/index.at"]);
  assert.deepEqual(Object.keys(report.files), ["plugins/example/definition.json"]);
  assert.ok(
    Object.values(report.totals).every((times) => times > 0),
    JSON.stringify(report.totals),
  );
});

test("names of nodes are tokens in every path, also in the report of what was hidden", async (context) => {
  const input = await prepare(context);
  const redactor = createRedactor({ identities: createIdentities("standard", Buffer.alloc(32, 5)), knownNames: ["kin-1"] });
  await mkdir(join(input.treeFolder, "hosts/kin-1"), { recursive: true });
  await writeFile(join(input.treeFolder, "hosts/kin-1/healthz.json"), '{"status":200}');
  const tallies = collectTallies();
  tallies.add({ name: "hosts/kin-1/configz.json", tally: { counts: new Map([["url-password", 2]]), dropped: [] }, isKept: false });
  const sealed = await seal({ ...input, redaction: { ...noRedaction, redactor, tallies } });
  assert.deepEqual(sealed.leaks, []);
  const files = new Map(await readAll(await readFile(join(input.folder, sealed.name))));
  assert.ok([...files.keys()].every((name) => !name.includes("kin-1")));
  const report = JSON.parse(files.get("meta/redaction.json") ?? "{}") as RedactionReport;
  const [[name, counts] = []] = Object.entries(report.files);
  assert.match(name ?? "", /^hosts\/host-[0-9a-f]{8}\/configz\.json$/);
  assert.deepEqual(counts, { "url-password": 2 });
});
