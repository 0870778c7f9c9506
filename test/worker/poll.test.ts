import assert from "node:assert/strict";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { collectedHeader, folderHeader, problemHeader } from "../../core/contract/worker-wire.ts";
import { findFreePort } from "../free-port.ts";
import { startWorker } from "./start-worker.ts";
import { readAll, startTestAggregator } from "./test-aggregator.ts";
import { unpack, unpackFile } from "./unpack.ts";
import { until } from "./until.ts";

test("without a done file, collect sends the whole results folder", async (context) => {
  const aggregator = await startTestAggregator(context);
  const worker = await startWorker(context, [aggregator.url]);
  await worker.write("partial.log", "so far");
  aggregator.instruction = "collect";
  assert.equal((await worker.ended).exitCode, 0);
  const [upload] = aggregator.uploads;
  assert.deepEqual(unpack(upload?.body ?? Buffer.alloc(0)), { "partial.log": "so far" });
  assert.equal(upload?.headers[folderHeader], "true");
  assert.equal(upload?.headers[collectedHeader], "true");
  assert.equal(upload?.headers[problemHeader], undefined);
});

test("an empty results folder is collected as an empty archive, and so is one that was never made", async (context) => {
  for (const isMissing of [false, true]) {
    const aggregator = await startTestAggregator(context);
    const worker = await startWorker(context, [aggregator.url]);
    if (isMissing) await rm(worker.results, { recursive: true });
    aggregator.instruction = "collect";
    assert.equal((await worker.ended).exitCode, 0);
    assert.deepEqual(unpack(aggregator.uploads[0]?.body ?? Buffer.alloc(0)), {});
  }
});

test("a results folder that can't exist is an empty archive with the problem", async (context) => {
  const aggregator = await startTestAggregator(context);
  const { settings } = await startWorker(context, [aggregator.url]);
  const worker = await startWorker(context, [aggregator.url], { settings: { resultsDir: join(settings.tokenFile, "results") } });
  aggregator.instruction = "collect";
  assert.equal((await worker.ended).exitCode, 0);
  const upload = aggregator.uploads.find(({ headers }) => headers[problemHeader] !== undefined);
  assert.match(String(upload?.headers[problemHeader]), /^result-unreadable; /);
  assert.deepEqual(unpack(upload?.body ?? Buffer.alloc(0)), {});
});

test("collect ends the settling at once, and the done file still decides", async (context) => {
  const aggregator = await startTestAggregator(context);
  const worker = await startWorker(context, [aggregator.url], { settings: { settleSeconds: 1000 } });
  await worker.write("a.txt", "a");
  await worker.write("b.txt", "b");
  await worker.write("done", "b.txt");
  await until(() => aggregator.states.includes("settling"));
  aggregator.instruction = "collect";
  assert.equal((await worker.ended).exitCode, 0);
  assert.deepEqual(
    aggregator.uploads.map(({ body }) => String(unpackFile(body))),
    ["b"],
  );
  assert.equal(aggregator.uploads[0]?.headers[collectedHeader], undefined);
});

test("leave ends the worker, whether it waits or uploads", async (context) => {
  for (const isUploading of [false, true]) {
    const aggregator = await startTestAggregator(context);
    aggregator.onUpload = (_request, response) => void response.writeHead(500).end();
    const worker = await startWorker(context, [aggregator.url]);
    if (isUploading) await worker.write("done", worker.results);
    await until(() => aggregator.states.includes(isUploading ? "uploading" : "waiting"));
    aggregator.instruction = "leave";
    assert.deepEqual(await worker.ended, { exitCode: 0, message: "the result is not wanted any more" });
  }
});

test("the aggregator is told at once when the worker waits, settles, waits again and settles", async (context) => {
  const aggregator = await startTestAggregator(context);
  aggregator.holdMilliseconds = 100;
  aggregator.onUpload = () => sleep(300);
  const worker = await startWorker(context, [aggregator.url], { settings: { settleSeconds: 0.3 } });
  const told = (state: string): Promise<void> => until(() => aggregator.states.at(-1) === state);
  await told("waiting");
  await worker.write("done", worker.results);
  await told("settling");
  await rm(join(worker.results, "done"));
  await told("waiting");
  await worker.write("done", worker.results);
  await told("settling");
  assert.equal((await worker.ended).exitCode, 0);
  assert.equal(aggregator.states.includes("uploading"), false, "the upload itself says so");
});

test("the first poll is not held, so that the worker knows early whether it is heard", async (context) => {
  const aggregator = await startTestAggregator(context);
  const holds: boolean[] = [];
  aggregator.onPoll = async (request, response) => {
    holds.push(JSON.parse((await readAll(request)).toString()).hold);
    response.end(JSON.stringify({ instruction: holds.length < 3 ? "wait" : "leave", time: new Date().toISOString() }));
  };
  const worker = await startWorker(context, [aggregator.url]);
  assert.equal((await worker.ended).exitCode, 0);
  assert.deepEqual(holds, [false, true, true]);
});

test("a worker that is told to pause asks again after that, and tells what changes in between at once", async (context) => {
  const aggregator = await startTestAggregator(context);
  const asked: number[] = [];
  const connections = new Set<unknown>();
  aggregator.onPoll = async (request, response) => {
    const { state, hold } = JSON.parse((await readAll(request)).toString());
    aggregator.states.push(state);
    connections.add(request.socket);
    if (hold) asked.push(performance.now());
    response.setHeader("connection", "close");
    response.end(JSON.stringify({ instruction: asked.length < 2 ? "wait" : "leave", time: new Date().toISOString(), pauseSeconds: 2 }));
  };
  const worker = await startWorker(context, [aggregator.url], { settings: { settleSeconds: 1000 } });
  await until(() => asked.length === 1);
  await worker.write("done", worker.results);
  await until(() => aggregator.states.at(-1) === "settling");
  assert.equal(asked.length, 1);
  assert.equal((await worker.ended).exitCode, 0);
  const [first = 0, second = 0] = asked;
  assert.ok(second - first >= 1490, `${second - first} ms`);
  assert.equal(connections.size, aggregator.states.length);
});

test("polls that are refused or answered with nonsense are tried again, with the token as it is by then", async (context) => {
  const aggregator = await startTestAggregator(context);
  const worker = await startWorker(context, [aggregator.url]);
  const tokens: string[] = [];
  const nonsense = ["", "{", "null", '{"instruction":"dance","time":""}'];
  aggregator.onPoll = async (request, response, attempt) => {
    tokens.push(request.headers.authorization ?? "");
    await readAll(request);
    if (attempt === 3) await writeFile(worker.settings.tokenFile, "second-token");
    if (attempt < 2) response.writeHead(attempt === 0 ? 401 : 403).end("{}");
    else response.end(nonsense[attempt - 2] ?? '{"instruction":"leave","time":"2026-01-01T00:00:00.000Z"}');
  };
  assert.equal((await worker.ended).exitCode, 0);
  assert.deepEqual(tokens, [...Array(4).fill("Bearer first-token"), ...Array(3).fill("Bearer second-token")]);
  assert.ok(worker.lines.some((line) => line.includes("it answers 401, the token is not accepted")));
});

test("an aggregator that comes late is found", async (context) => {
  const port = await findFreePort();
  const worker = await startWorker(context, [`https://127.0.0.1:${port}`]);
  await worker.write("done", worker.results);
  await sleep(200);
  const aggregator = await startTestAggregator(context, { port });
  assert.equal((await worker.ended).exitCode, 0);
  assert.equal(aggregator.uploads.length, 1);
  const failures = worker.lines.filter((line) => line.startsWith("the aggregator can't be asked"));
  assert.equal(failures.length, 1, "the same failure is logged once");
});

test("a worker whose plugin never comes to an end gives up at the deadline", async (context) => {
  const aggregator = await startTestAggregator(context);
  const worker = await startWorker(context, [aggregator.url], { settings: { deadlineSeconds: 0.3 } });
  assert.deepEqual(await worker.ended, { exitCode: 1, message: "time was up before there was a result" });
  assert.equal(aggregator.uploads.length, 0);
});

test("a folder named done is no done file, and what is in it is not lost", async (context) => {
  const aggregator = await startTestAggregator(context);
  const worker = await startWorker(context, [aggregator.url]);
  await worker.write("x.txt", "x");
  await mkdir(join(worker.results, "new"));
  await worker.write("new/y.txt", "y");
  await rename(join(worker.results, "new"), join(worker.results, "done"));
  assert.equal((await worker.ended).exitCode, 0);
  assert.match(String(aggregator.uploads[0]?.headers[problemHeader]), /^result-unreadable; /);
  assert.deepEqual(unpack(aggregator.uploads[0]?.body ?? Buffer.alloc(0)), { "done/y.txt": "y", "x.txt": "x" });
});
