import assert from "node:assert/strict";
import { chmod, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import test, { after } from "node:test";
import { problemHeader } from "../../core/contract/worker-wire.ts";
import { buildWorkerProgram } from "./start-process.ts";
import type { WorkerProcess } from "./start-process.ts";
import { makeSettings } from "./start-worker.ts";
import { startTestAggregator } from "./test-aggregator.ts";
import { unpack, unpackFile } from "./unpack.ts";
import { until } from "./until.ts";

const program = await buildWorkerProgram();
after(() => program.remove());

test("the bundled worker, interpreted and with a small heap, sends a folder and exits 0; each line is JSON without the token", async (context) => {
  const aggregator = await startTestAggregator(context);
  const { settings, write } = await makeSettings(context, [aggregator.url]);
  await write("a.xml", "a");
  await write("done", settings.resultsDir);
  const { exit, lines } = program.run(settings);
  assert.equal(await exit, 0);
  assert.deepEqual(unpack(aggregator.uploads[0]?.body ?? Buffer.alloc(0)), { "a.xml": "a" });
  for (const line of lines) assert.deepEqual(Object.keys(JSON.parse(line)), ["time", "level", "msg"]);
  assert.ok(!lines.join("").includes("first-token"));
});

test("a refused result is exit 1 with one line of error, without control characters", async (context) => {
  const aggregator = await startTestAggregator(context);
  aggregator.onUpload = (_request, response) => void response.writeHead(403).end("no\u001b[2J\nthank you");
  const { settings, write } = await makeSettings(context, [aggregator.url]);
  await write("done", settings.resultsDir);
  const { exit, lines } = program.run(settings);
  assert.equal(await exit, 1);
  const errors = lines.filter((line) => line.includes('"level":"error"'));
  assert.equal(errors.length, 1);
  assert.ok(!errors[0]?.includes("\u001b"));
  assert.match(errors[0] ?? "", /403: no\\u001b\[2J\\nthank you/);
});

for (const value of ["", "{", '{"aggregatorUrls":[],"ca":1}'])
  test(`settings that are none are exit 2: ${JSON.stringify(value)}`, async () => {
    const { exit, lines } = program.run(value);
    assert.equal(await exit, 2);
    assert.match(lines.join("\n"), /ASDIC_WORKER holds no settings/);
  });

const terminate = async (worker: WorkerProcess, isReady: () => boolean): Promise<number | null> => {
  await until(() => isReady() || worker.child.exitCode !== null);
  worker.child.kill("SIGTERM");
  return await worker.exit;
};

test("SIGTERM before there is anything ends the worker at once, with nothing sent", async (context) => {
  const aggregator = await startTestAggregator(context);
  const { settings } = await makeSettings(context, [aggregator.url]);
  assert.equal(await terminate(program.run(settings), () => aggregator.states.length > 0), 1);
  assert.equal(aggregator.uploads.length, 0);
});

test("SIGTERM with a done file that still settles sends what it names", async (context) => {
  const aggregator = await startTestAggregator(context);
  const { settings, write } = await makeSettings(context, [aggregator.url], { settleSeconds: 1000 });
  await write("a.xml", "a");
  await write("done", "a.xml");
  assert.equal(await terminate(program.run(settings), () => aggregator.states.includes("settling")), 0);
  assert.deepEqual(
    aggregator.uploads.map(({ body }) => String(unpackFile(body))),
    ["a"],
  );
});

test("SIGTERM without a done file sends what there is, after a moment for the plugin's last words", async (context) => {
  const aggregator = await startTestAggregator(context);
  const { settings, write } = await makeSettings(context, [aggregator.url]);
  await write("e2e.log", "half");
  const worker = program.run(settings);
  const exit = terminate(worker, () => aggregator.states.length > 0);
  await until(() => worker.lines.some((line) => line.includes("terminated")));
  await write("last.xml", "last");
  assert.equal(await exit, 0);
  assert.deepEqual(unpack(aggregator.uploads[0]?.body ?? Buffer.alloc(0)), { "e2e.log": "half", "last.xml": "last" });
});

test("what the worker may not read is left out of the folder and named in the problem", async (context) => {
  const user = process.getuid?.() === 0 ? 65_532 : undefined;
  const aggregator = await startTestAggregator(context);
  const { settings, write } = await makeSettings(context, [aggregator.url]);
  await chmod(dirname(settings.resultsDir), 0o755);
  await mkdir(join(settings.resultsDir, "shut"));
  await write("open.xml", "open");
  await write("secret.xml", "secret");
  await write("done", settings.resultsDir);
  await chmod(join(settings.resultsDir, "secret.xml"), 0);
  await chmod(join(settings.resultsDir, "shut"), 0);
  const { exit } = program.run(settings, user);
  assert.equal(await exit, 0);
  await chmod(join(settings.resultsDir, "shut"), 0o755);
  const problem = decodeURIComponent(String(aggregator.uploads[0]?.headers[problemHeader]));
  assert.match(problem, /^result-unreadable; 2 files or folders may not be read by the worker, the first is "(secret.xml|shut)"$/);
  assert.deepEqual(unpack(aggregator.uploads[0]?.body ?? Buffer.alloc(0)), { "open.xml": "open" });
});
