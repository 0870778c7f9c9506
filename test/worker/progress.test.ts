import assert from "node:assert/strict";
import { createServer } from "node:http";
import { networkInterfaces } from "node:os";
import test from "node:test";
import { clockSchema } from "../../core/contract/worker-wire.ts";
import { findFreePort } from "../free-port.ts";
import { startWorker } from "./start-worker.ts";
import type { TestWorker } from "./start-worker.ts";
import { readAll, startTestAggregator } from "./test-aggregator.ts";
import { until } from "./until.ts";

async function ask(
  worker: TestWorker,
  path: string,
  { host = "127.0.0.1", ...init }: RequestInit & { readonly host?: string } = {},
): Promise<{ readonly status: number; readonly text: string }> {
  await until(() => isListening(worker, host));
  const response = await fetch(`http://${host}:${worker.settings.progressPort}${path}`, init);
  return { status: response.status, text: await response.text() };
}

const isListening = (worker: TestWorker, host: string): Promise<boolean> =>
  fetch(`http://${host}:${worker.settings.progressPort}/`).then(
    () => true,
    () => false,
  );

const append = '{ "msg":"ü – 12%",  "appendtotals": true,"appendcompleted": 1, "appendfailing":["a","b"] }\n';

for (const { path, node, expected } of [
  { path: "/progress", node: "global", expected: "/api/v1/progress/global/probe" },
  { path: "/api/v1/progress?x=1", node: "node-1", expected: "/api/v1/progress/by-node/node-1/probe" },
])
  test(`progress sent to ${path} is handed on byte for byte to ${expected}, and the answer back`, async (context) => {
    const aggregator = await startTestAggregator(context);
    const received: string[] = [];
    aggregator.onProgress = async (request, response) => {
      received.push(`${request.url} ${(await readAll(request)).toString()}`);
      response.writeHead(418, { "content-type": "text/plain" }).end("short and stout");
    };
    const worker = await startWorker(context, [aggregator.url], { settings: { node } });
    assert.deepEqual(await ask(worker, path, { method: "POST", body: append }), { status: 418, text: "short and stout" });
    assert.deepEqual(received, [`${expected} ${append}`]);
  });

const refused = [
  { title: "no JSON", path: "/progress", body: "{", status: 400 },
  { title: "a list", path: "/progress", body: "[]", status: 400 },
  { title: "bytes that are no UTF-8", path: "/progress", body: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), status: 400 },
  { title: "more than 64 KiB", path: "/progress", body: JSON.stringify({ msg: "x".repeat(70_000) }), status: 413 },
  { title: "another path", path: "/metrics", body: "{}", status: 404 },
  { title: "another method", path: "/progress", status: 405 },
  { title: "a clock that is set", path: "/clock", body: "{}", status: 405 },
];

for (const { title, path, body, status } of refused)
  test(`${title} is answered with ${status} and goes nowhere`, async (context) => {
    const aggregator = await startTestAggregator(context);
    let relayed = 0;
    aggregator.onProgress = (_request, response) => {
      relayed++;
      response.end();
    };
    const worker = await startWorker(context, [aggregator.url]);
    assert.equal((await ask(worker, path, body === undefined ? {} : { method: "POST", body })).status, status);
    assert.equal(relayed, 0);
  });

test("exactly 64 KiB of progress is taken", async (context) => {
  const aggregator = await startTestAggregator(context);
  const worker = await startWorker(context, [aggregator.url]);
  const body = JSON.stringify({ msg: "x".repeat(64 * 1024 - 10) });
  assert.equal(body.length, 64 * 1024);
  assert.equal((await ask(worker, "/progress", { method: "POST", body })).status, 200);
});

test("while the aggregator can't be reached, or is silent, progress gets 502 and the clock 503", async (context) => {
  const aggregator = await startTestAggregator(context);
  aggregator.onProgress = () => undefined;
  aggregator.onPoll = () => undefined;
  for (const url of [`https://127.0.0.1:${await findFreePort()}`, aggregator.url]) {
    const worker = await startWorker(context, [url], { timings: { relay: 300 } });
    assert.equal((await ask(worker, "/progress", { method: "POST", body: "{}" })).status, 502);
    assert.equal((await ask(worker, "/clock")).status, 503);
  }
});

test("the clock tells how far the aggregator's is from this one", async (context) => {
  const aggregator = await startTestAggregator(context);
  aggregator.onPoll = async (request, response) => {
    await readAll(request);
    response.end(JSON.stringify({ instruction: "wait", time: new Date(Date.now() + 3_600_000).toISOString() }));
  };
  const worker = await startWorker(context, [aggregator.url]);
  const { status, text } = await ask(worker, "/clock");
  assert.equal(status, 200);
  const clock = clockSchema.parse(JSON.parse(text));
  assert.ok(Math.abs(clock.offsetMilliseconds - 3_600_000) <= clock.roundTripMilliseconds / 2 + 2, text);
});

test("progress is served on IPv6 loopback too, where there is one", async (context) => {
  if (!Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === "::1"))) return context.skip("no IPv6 here");
  const aggregator = await startTestAggregator(context);
  const worker = await startWorker(context, [aggregator.url]);
  assert.equal((await ask(worker, "/progress", { method: "POST", body: "{}", host: "[::1]" })).status, 200);
});

test("a port that is taken costs the progress, not the result", async (context) => {
  const aggregator = await startTestAggregator(context);
  const squatter = createServer().listen(0, "127.0.0.1");
  context.after(() => squatter.close());
  await new Promise((resolve) => squatter.once("listening", resolve));
  const address = squatter.address();
  const progressPort = typeof address === "object" && address !== null ? address.port : 0;
  const worker = await startWorker(context, [aggregator.url], { settings: { progressPort } });
  await worker.write("done", worker.results);
  assert.equal((await worker.ended).exitCode, 0);
  assert.ok(worker.lines.some((line) => line.startsWith("progress of the plugin can't be taken")));
});
