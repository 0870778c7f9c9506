import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import test from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { pollRequestSchema } from "../../core/contract/worker-wire.ts";
import { findFreePort } from "../free-port.ts";
import { startWorker } from "./start-worker.ts";
import { readAll, startTestAggregator } from "./test-aggregator.ts";
import { unpackFile } from "./unpack.ts";
import { until } from "./until.ts";

const ended = { exitCode: 0, message: "the result is with the aggregator" };

test("a worker that has delivered stays until it is told to leave, and holds no poll open", async (context) => {
  const aggregator = await startTestAggregator(context);
  aggregator.deliveredInstruction = "wait";
  const worker = await startWorker(context, [aggregator.url]);
  await worker.write("a.txt", "a");
  await worker.write("done", "a.txt");
  await until(() => aggregator.states.filter((state) => state === "delivered").length > 2);
  assert.equal(aggregator.uploads.length, 1);
  aggregator.deliveredInstruction = "leave";
  assert.deepEqual(await worker.ended, ended);
});

test("a worker that is to leave does so once its result is accepted, and asks nothing more", async (context) => {
  const aggregator = await startTestAggregator(context);
  const worker = await startWorker(context, [aggregator.url], { settings: { leaves: true } });
  await worker.write("a.txt", "a");
  await worker.write("done", "a.txt");
  assert.deepEqual(await worker.ended, ended);
  assert.equal(aggregator.uploads.length, 1);
  assert.ok(!aggregator.states.includes("delivered"));
});

test("told to collect, because another aggregator answers, it sends the same once more and stays again", async (context) => {
  const aggregator = await startTestAggregator(context);
  aggregator.deliveredInstruction = "collect";
  const worker = await startWorker(context, [aggregator.url]);
  await worker.write("a.txt", "a");
  await worker.write("done", "a.txt");
  await until(() => aggregator.uploads.length > 1);
  aggregator.deliveredInstruction = "leave";
  assert.deepEqual(await worker.ended, ended);
  assert.deepEqual(new Set(aggregator.uploads.map(({ body }) => String(unpackFile(body)))), new Set(["a"]));
  assert.equal(new Set(aggregator.uploads.map(({ digest }) => digest)).size, 1);
});

test("an aggregator that goes and comes elsewhere gets the result", async (context) => {
  const port = await findFreePort();
  const first = await startTestAggregator(context);
  first.deliveredInstruction = "wait";
  const worker = await startWorker(context, [first.url, `https://127.0.0.1:${port}`]);
  await worker.write("a.txt", "a");
  await worker.write("done", "a.txt");
  await until(() => first.states.includes("delivered"));
  first.onPoll = (request) => void request.socket.destroy();
  await sleep(50);
  const second = await startTestAggregator(context, { port });
  second.deliveredInstruction = "collect";
  await until(() => second.uploads.length > 0);
  second.deliveredInstruction = "leave";
  assert.deepEqual(await worker.ended, ended);
});

test("it stays though a question from before its upload is answered only now, and by leave", async (context) => {
  const aggregator = await startTestAggregator(context);
  const { promise: asked, resolve } = Promise.withResolvers<ServerResponse>();
  const time = new Date().toISOString();
  aggregator.onPoll = async (request, response) => {
    const { state } = pollRequestSchema.parse(JSON.parse(String(await readAll(request))));
    if (state === "settling") resolve(response);
    else response.end(JSON.stringify({ instruction: "wait", time }));
  };
  const worker = await startWorker(context, [aggregator.url], { settings: { settleSeconds: 0.3 } });
  await worker.write("done", worker.results);
  const late = await asked;
  await until(() => worker.lines.includes("delivered"));
  late.end(JSON.stringify({ instruction: "leave", time }));
  assert.equal(await Promise.race([worker.ended, sleep(300, "it stays")]), "it stays");
});

test("it pauses as long as the aggregator says", async (context) => {
  const aggregator = await startTestAggregator(context);
  let polls = 0;
  aggregator.onPoll = (request, response) => {
    request.resume();
    polls++;
    response.end(JSON.stringify({ instruction: "wait", time: new Date().toISOString(), pauseSeconds: 60 }));
  };
  const worker = await startWorker(context, [aggregator.url]);
  await worker.write("done", worker.results);
  await until(() => aggregator.uploads.length === 1);
  await sleep(200);
  const before = polls;
  await sleep(300);
  assert.equal(polls, before);
});

test("terminated, it asks whether it is needed and leaves, or sends once more", async (context) => {
  for (const isNeeded of [false, true]) {
    const aggregator = await startTestAggregator(context);
    aggregator.onUpload = () => {
      aggregator.deliveredInstruction = "wait";
    };
    const worker = await startWorker(context, [aggregator.url], { timings: { deliveredPause: 60_000 } });
    await worker.write("done", worker.results);
    await until(() => worker.lines.includes("delivered"));
    if (isNeeded) aggregator.deliveredInstruction = "collect";
    worker.terminate();
    assert.deepEqual(await worker.ended, ended);
    assert.equal(aggregator.uploads.length, isNeeded ? 2 : 1);
  }
});

test("it leaves at its deadline", async (context) => {
  const aggregator = await startTestAggregator(context);
  aggregator.deliveredInstruction = "wait";
  const worker = await startWorker(context, [aggregator.url], { settings: { deadlineSeconds: 0.8 } });
  await worker.write("done", worker.results);
  assert.deepEqual(await worker.ended, ended);
  assert.ok(aggregator.states.includes("delivered"));
});
