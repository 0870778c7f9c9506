import assert from "node:assert/strict";
import { createReadStream } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { createGate } from "../../../aggregator/ingest/gate.ts";
import { createLog } from "../../../aggregator/log.ts";
import { createResultReading } from "../../../aggregator/read-results.ts";
import { createExpectedResults } from "../../../aggregator/state/expected-results.ts";
import { buildStatus, buildSummary } from "../../../aggregator/status/build-status.ts";
import { seal } from "../../../aggregator/store/seal.ts";
import { unpackArchive } from "../../../core/archive/unpack-archive.ts";
import type { PluginDefinition, ResultFormat } from "../../../core/contract/plugin-definition.ts";
import { runStatusSchema } from "../../../core/contract/run-status.ts";
import { wirePaths } from "../../../core/contract/worker-wire.ts";
import { assertHarmless } from "../../cli/results-report/assert-harmless.ts";
import { drawTar } from "../../core/archive/hostile-tar.ts";
import { drawText } from "../../hostile-text.ts";
import { playCases } from "../../play-cases.ts";
import { openRawConnections } from "../../raw-connections.ts";
import { dialDoor } from "../ingest/dial-door.ts";
import { openDoor } from "../ingest/door.ts";
import { noRedaction } from "../no-redaction.ts";
import { runSpec } from "../run-spec.ts";
import { drawResultFile } from "./hostile-result-files.ts";

const formats: readonly ResultFormat[] = ["junit", "gojson", "manual", "raw"];
const definitions = formats.map((name): PluginDefinition => ({
  dialect: "sonobuoy",
  name,
  driver: "DaemonSet",
  resultFormat: name,
  resultFiles: [],
  skipCleanup: false,
  order: 0,
  container: { image: "registry.asdic.test/hostile:v1" },
  extraVolumes: [],
  configMap: {},
}));

test("500 hostile results are sealed, can be unpacked, and show nothing that steers a terminal, a page or a parser", async (context) => {
  const root = await mkdtemp(join(tmpdir(), "asdic-hostile-results-"));
  const [treeFolder, logFile, out] = [join(root, "tree"), join(root, "run.log"), join(root, "out")];
  await Promise.all([mkdir(treeFolder), mkdir(out), writeFile(logFile, "")]);
  const startedAt = new Date("2026-11-21T10:00:00Z");
  const results = createExpectedResults(() => startedAt);
  const door = await openDoor(() => ({ results, gate: createGate(), isSealed: false }));
  const connections = openRawConnections(dialDoor(door));
  context.after(async () => {
    connections.close();
    await door.close();
    await rm(root, { recursive: true });
  });
  const spec = { ...runSpec, plugins: [...formats] };
  const log = createLog(logFile, () => undefined);

  await playCases(context, {
    count: 500,
    atOnce: 8,
    play: async (random, index) => {
      const plugin = random.pick(formats);
      const node = `n${index}`;
      const result = results.expect(plugin, node);
      const file = drawResultFile[plugin](random);
      const body = gzipSync(random.below(3) === 0 ? Buffer.concat([file, drawTar(random)]) : Buffer.concat([file, file, Buffer.alloc(1024)]), { level: 1 });
      const problem = random.below(10) === 0 ? `x-asdic-problem: result-missing; ${encodeURIComponent(drawText(random).toWellFormed())}\r\n` : "";
      const head = `PUT ${wirePaths.result(plugin, node)} HTTP/1.1\r\nhost: a\r\nauthorization: Bearer pod-${plugin}/${node}\r\nx-asdic-folder: true\r\n${problem}`;
      const bytes = Buffer.concat([Buffer.from(`${head}content-length: ${body.length}\r\n\r\n`), body]);
      const { status } = await connections.send({ bytes, isHead: false, isSound: true, ending: "end" });
      assert.equal(status === 200, result.upload !== undefined);
      return status === 200;
    },
    check: async () => {
      const reading = createResultReading({ spec, definitions, folders: { spool: door.folder }, results, redaction: noRedaction, log });
      for (const result of results.all()) if (result.upload) reading.read(result);
      await reading.settled();
      const health = { total_nodes: 0, healthy_nodes: 0, details: [] };
      const snapshot = { queries: [], health: { node_health: health, pod_health: health, api_version: "v1.36.3", error_summary: {} } };
      const progress = { phase: "complete", startedAt, finishedAt: startedAt } as const;
      const status = buildStatus({ spec, definitions, results, progress, pod: {}, now: startedAt });
      const summary = JSON.stringify(buildSummary({ spec, definitions, results, progress, pod: {}, now: startedAt }));
      assert.ok(Buffer.byteLength(summary) < 100 * 1024, "it is to fit into an annotation");
      assert.ok(runStatusSchema.safeParse(JSON.parse(JSON.stringify(status))).success);
      await writeFile(join(treeFolder, "serverversion.json"), '{"gitVersion": "v1.36.3"}');
      const input = {
        folder: out,
        spec,
        definitions,
        results,
        spoolFolder: door.folder,
        treeFolder,
        logFile,
        snapshot,
        startedAt,
        statusWith: () => status,
        redaction: noRedaction,
        log: { info: () => undefined, warn: () => undefined },
        signal: AbortSignal.timeout(60_000),
      };
      const { name } = await seal(input);
      await unpackArchive(createReadStream(join(out, name)), join(out, "unpacked"), AbortSignal.timeout(60_000));
      assert.deepEqual((await readdir(out)).toSorted(), [name, "unpacked"].toSorted());
      await assertHarmless(join(out, name));
      await rm(join(out, "unpacked"), { recursive: true });
      await rm(join(out, name));
    },
  });
});
