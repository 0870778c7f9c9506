import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import { archiveContentType, folderHeader, packedContentType } from "../../core/contract/worker-wire.ts";
import { makeTarGz } from "../core/archive/tar.ts";
import { splitFrames, unpackPlainly } from "../core/archive/packed.ts";
import { parsePackReport } from "../../core/redaction/packs/pack-report.ts";
import { startWorker } from "./start-worker.ts";
import { startTestAggregator } from "./test-aggregator.ts";
import { unpack, unpackFile } from "./unpack.ts";

const secret = "hunter2-falcon";
const log = `dial: password=${secret} refused by 10.20.30.40 of node-seven\n`;
const clean = log.replace(secret, "REDACTED");

const readReport = (body: Buffer | undefined) =>
  splitFrames(body ?? Buffer.alloc(0)).flatMap(({ kind, content }) => (kind === 4 ? parsePackReport(content) : []));

test("a folder is sent without its secrets, and behind its files what was hidden by path and rule", async (context) => {
  const aggregator = await startTestAggregator(context);
  const worker = await startWorker(context, [aggregator.url], { settings: { redaction: "built-in", leaves: true } });
  await mkdir(join(worker.results, "out"));
  for (const [name, content] of [
    ["app.log", log],
    ["facts.json", JSON.stringify({ apiToken: secret, a: 1 })],
    ["old.log.gz", gzipSync(log)],
    ["ok.txt", "fine"],
  ] as const)
    await writeFile(join(worker.results, "out", name), content);
  await worker.write("done", join(worker.results, "out"));
  assert.deepEqual(await worker.ended, { exitCode: 0, message: "the result is with the aggregator" });
  const body = aggregator.uploads[0]?.body ?? Buffer.alloc(0);
  const { "old.log.gz": _packed, ...files } = unpack(body);
  assert.deepEqual(files, { "app.log": clean, "facts.json": '{"apiToken":"REDACTED","a":1}', "ok.txt": "fine" });
  assert.equal(gunzipSync(unpackPlainly(body).find(([name]) => name === "old.log.gz")?.[1] ?? "").toString(), clean);
  assert.deepEqual(
    readReport(body).map(({ name, tally }) => [name, [...tally.counts]]),
    [
      ["plugins/probe/results/global/app.log", [["secret-by-name", 1]]],
      ["plugins/probe/results/global/facts.json", [["secret-by-name", 1]]],
      ["plugins/probe/results/global/old.log.gz", [["secret-by-name", 1]]],
    ],
  );
});

const tarGz = await makeTarGz([
  { name: "logs/app.log", content: log },
  { name: "ok.txt", content: "fine" },
]);

test("the files of a .tar.gz are sent as a folder without their secrets", async (context) => {
  const aggregator = await startTestAggregator(context);
  const worker = await startWorker(context, [aggregator.url], { settings: { redaction: "built-in", leaves: true } });
  await worker.write("all.tar.gz", tarGz);
  await worker.write("done", join(worker.results, "all.tar.gz"));
  await worker.ended;
  const { body, headers } = aggregator.uploads[0] ?? {};
  assert.deepEqual(unpack(body ?? Buffer.alloc(0)), { "logs/app.log": clean, "ok.txt": "fine" });
  assert.deepEqual([headers?.["content-type"], headers?.[folderHeader]], [packedContentType, "true"]);
  assert.deepEqual(
    readReport(body).map(({ name }) => name),
    ["plugins/probe/results/global/logs/app.log"],
  );
});

test("a .tar.gz that can't be read to its end is left to the aggregator's judgement", async (context) => {
  const aggregator = await startTestAggregator(context);
  const worker = await startWorker(context, [aggregator.url], { settings: { redaction: "built-in", leaves: true } });
  const damaged = gzipSync(gunzipSync(tarGz).subarray(0, 700));
  await worker.write("all.tar.gz", damaged);
  await worker.write("done", join(worker.results, "all.tar.gz"));
  await worker.ended;
  const { body, headers } = aggregator.uploads[0] ?? {};
  assert.equal(headers?.["content-type"], archiveContentType);
  assert.ok(body?.equals(damaged));
});

test("a .gz of one file stays one", async (context) => {
  const aggregator = await startTestAggregator(context);
  const worker = await startWorker(context, [aggregator.url], { settings: { redaction: "built-in", leaves: true } });
  await worker.write("app.log.gz", gzipSync(log));
  await worker.write("done", join(worker.results, "app.log.gz"));
  await worker.ended;
  const { body, headers } = aggregator.uploads[0] ?? {};
  assert.equal(headers?.[folderHeader], undefined);
  assert.equal(gunzipSync(unpackFile(body) ?? "").toString(), clean);
});

test("a file is sent without its secrets; one try more sends the same bytes", async (context) => {
  const aggregator = await startTestAggregator(context);
  aggregator.onUpload = async (request, response, attempt) => {
    if (attempt === 0) response.writeHead(503).end();
  };
  const worker = await startWorker(context, [aggregator.url], { settings: { redaction: "built-in", leaves: true } });
  await worker.write("result.txt", log);
  await worker.write("done", join(worker.results, "result.txt"));
  await worker.ended;
  const { body, headers, digest } = aggregator.uploads[0] ?? {};
  assert.equal(unpackFile(body)?.toString(), clean);
  assert.match(String(headers?.["content-disposition"]), /result\.txt/);
  assert.match(digest ?? "", /^[0-9a-f]{64}$/);
});

test("what the user's rules name is hidden too, and names become tokens, as the aggregator says when it is asked", async (context) => {
  const aggregator = await startTestAggregator(context);
  aggregator.redaction = { privacy: "standard", rules: "rules:\n  - literal: refused\n    id: my-word\n", key: "ab".repeat(32), knownNames: ["node-seven"] };
  const worker = await startWorker(context, [aggregator.url], { settings: { redaction: "asked-for", leaves: true } });
  await worker.write("result.txt", log);
  await worker.write("done", join(worker.results, "result.txt"));
  await worker.ended;
  const sent = unpackFile(aggregator.uploads[0]?.body)?.toString() ?? "";
  for (const hidden of [secret, "refused", "10.20.30.40", "node-seven"]) assert.ok(!sent.includes(hidden), hidden);
  assert.match(sent, /^dial: password=REDACTED REDACTED by [\d.]+ of host-[0-9a-f]{8}\n$/);
});

test("nothing is sent while the aggregator can't say what is to be hidden", async (context) => {
  const aggregator = await startTestAggregator(context);
  const asked = Promise.withResolvers<void>();
  const right = aggregator.redaction;
  const worker = await startWorker(context, [aggregator.url], { settings: { redaction: "asked-for", leaves: true } });
  Object.defineProperty(aggregator, "redaction", { configurable: true, get: () => (asked.resolve(), { privacy: "all" }) });
  await worker.write("result.txt", log);
  await worker.write("done", join(worker.results, "result.txt"));
  await asked.promise;
  Object.defineProperty(aggregator, "redaction", { value: right });
  await worker.ended;
  assert.deepEqual(
    aggregator.uploads.map(({ body }) => unpackFile(body)?.toString()),
    [clean],
  );
});

test("after what hides secrets has been killed the next try holds less, and sends what it can", async (context) => {
  const aggregator = await startTestAggregator(context);
  const program = join(dirname((await startWorker(context, [aggregator.url])).results), "redact.ts");
  const real = join(import.meta.dirname, "../../worker/redact.ts");
  // Dies of the first job, which allows it to hold much.
  const dying = `import { text } from "node:stream/consumers"; import { spawnSync } from "node:child_process";
const input = await text(process.stdin);
if (!JSON.parse(input).isCareful) process.kill(process.pid, "SIGKILL");
process.stdout.write(spawnSync(process.execPath, [${JSON.stringify(real)}], { input, maxBuffer: 1e8 }).stdout);`;
  await writeFile(program, dying);
  const worker = await startWorker(context, [aggregator.url], { settings: { redaction: "built-in", leaves: true }, redactProgram: program });
  await worker.write("large.json", JSON.stringify({ password: secret, text: "y".repeat(300_000) }));
  await worker.write("done", join(worker.results, "large.json"));
  await worker.ended;
  const sent = unpackFile(aggregator.uploads[0]?.body)?.toString() ?? "";
  assert.match(sent, /^\{"password":"REDACTED","text":"y+"\}$/);
  assert.ok(worker.lines.some((line) => line.includes("ended with SIGKILL")));
});
