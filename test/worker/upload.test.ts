import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:net";
import test from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { makeCertificates } from "../tls.ts";
import { findFreePort } from "../free-port.ts";
import { startWorker } from "./start-worker.ts";
import { journalText } from "../core/archive/journal-text.ts";
import type { Upload } from "./test-aggregator.ts";
import { startTestAggregator } from "./test-aggregator.ts";
import { unpack, unpackFile } from "./unpack.ts";
import { until } from "./until.ts";

const big = journalText(8 * 1024 * 1024, 1);
const isBig = (upload: Upload | undefined): boolean => unpackFile(upload?.body)?.equals(big) === true;
const answer = (response: ServerResponse, status: number, text = ""): void => void response.writeHead(status).end(text);

test("a result goes to its path in chunks, with its SHA-256 as announced trailer and the worker's token", async (context) => {
  const aggregator = await startTestAggregator(context);
  const worker = await startWorker(context, [aggregator.url], { settings: { plugin: "my-probe", node: "node-1.example" } });
  await worker.write("big.txt", big);
  await worker.write("done", "big.txt");
  assert.deepEqual(await worker.ended, { exitCode: 0, message: "the result is with the aggregator" });
  const [upload] = aggregator.uploads;
  assert.equal(upload?.path, "/api/v1/results/by-node/node-1.example/my-probe");
  assert.ok(isBig(upload));
  assert.equal(
    upload?.digest,
    createHash("sha256")
      .update(upload?.body ?? "")
      .digest("hex"),
  );
  assert.equal(upload?.headers.trailer, "x-asdic-sha256");
  assert.equal(upload?.headers["transfer-encoding"], "chunked");
  assert.deepEqual([...aggregator.tokens], ["Bearer first-token"]);
});

test("a result is sent again after errors of the server and broken connections", async (context) => {
  const aggregator = await startTestAggregator(context);
  aggregator.onUpload = async (request, response, attempt) => {
    if (attempt < 2) answer(response, 500, "out of order");
    if (attempt === 2 || attempt === 3) {
      await new Promise((resolve) => request.once("data", resolve));
      request.socket.resetAndDestroy();
    }
  };
  const worker = await startWorker(context, [aggregator.url]);
  await worker.write("big.txt", big);
  await worker.write("done", "big.txt");
  assert.equal((await worker.ended).exitCode, 0);
  assert.equal(aggregator.uploads.length, 1);
  assert.ok(isBig(aggregator.uploads[0]));
  assert.ok(worker.lines.some((line) => line.includes("the aggregator answers 500: out of order")));
});

test("a server that takes the bytes slowly gets all of them", async (context) => {
  const aggregator = await startTestAggregator(context);
  aggregator.onUpload = async (request) => {
    for (let pauses = 0; pauses < 5; pauses++) {
      request.pause();
      await sleep(100);
    }
  };
  const worker = await startWorker(context, [aggregator.url], { timings: { idle: 1000 } });
  await worker.write("big.txt", big);
  await worker.write("done", "big.txt");
  assert.equal((await worker.ended).exitCode, 0);
  assert.ok(isBig(aggregator.uploads[0]));
});

test("a connection on which nothing moves any more is given up and the result sent again", async (context) => {
  const aggregator = await startTestAggregator(context);
  aggregator.onUpload = async (request, _response, attempt) => {
    if (attempt > 0) return;
    await new Promise((resolve) => request.once("close", resolve));
    throw new Error("the worker has left");
  };
  const worker = await startWorker(context, [aggregator.url], { timings: { idle: 300 } });
  await worker.write("big.txt", big);
  await worker.write("done", "big.txt");
  assert.equal((await worker.ended).exitCode, 0);
  assert.ok(worker.lines.some((line) => line.includes("no progress for 0.3 s")));
  assert.ok(isBig(aggregator.uploads[0]));
});

test("another result that is there already is as good as success", async (context) => {
  const aggregator = await startTestAggregator(context);
  aggregator.onUpload = (_request, response) => answer(response, 409);
  const worker = await startWorker(context, [aggregator.url]);
  await worker.write("done", worker.results);
  assert.equal((await worker.ended).exitCode, 0);
});

for (const status of [400, 403, 404, 413])
  test(`a refusal with ${status} is final and its sentence is kept`, async (context) => {
    const aggregator = await startTestAggregator(context);
    let tries = 0;
    aggregator.onUpload = (_request, response) => {
      tries++;
      answer(response, status, "this result can't be taken\u001b[31m");
    };
    const worker = await startWorker(context, [aggregator.url]);
    await worker.write("done", worker.results);
    const message = `the result was refused: the aggregator answers ${status}: this result can't be taken\u001b[31m`;
    assert.deepEqual(await worker.ended, { exitCode: 1, message });
    assert.equal(tries, 1);
  });

const midway = [
  { title: "and takes the rest", finish: (request: IncomingMessage) => void request.resume() },
  { title: "and closes", finish: (request: IncomingMessage) => void request.socket.destroy() },
];

for (const { title, finish } of midway)
  test(`a server that refuses in the middle of the body ${title} is understood, and the sending stops`, async (context) => {
    const aggregator = await startTestAggregator(context);
    let received = 0;
    aggregator.onUpload = async (request, response) => {
      request.on("data", (chunk) => (received += chunk.length));
      await new Promise((resolve) => request.once("data", resolve));
      response.writeHead(413).end("larger than allowed", () => finish(request));
    };
    const worker = await startWorker(context, [aggregator.url]);
    const huge = 64 * 1024 * 1024;
    await worker.write("huge.log", randomBytes(huge));
    await worker.write("done", "huge.log");
    assert.deepEqual(await worker.ended, { exitCode: 1, message: "the result was refused: the aggregator answers 413: larger than allowed" });
    assert.ok(received > 0 && received < huge / 4, `${received} bytes were sent in vain`);
  });

test("a result that is refused by its headers is not sent at all where the server asks for consent", async (context) => {
  const aggregator = await startTestAggregator(context);
  aggregator.onConsent = (_request, response) => answer(response, 403, "not yours");
  const worker = await startWorker(context, [aggregator.url]);
  await worker.write("big.txt", big);
  await worker.write("done", "big.txt");
  assert.match((await worker.ended).message, /403: not yours$/);
});

test("a server that never gives its consent gets the body after a while", async (context) => {
  const aggregator = await startTestAggregator(context);
  aggregator.onConsent = () => undefined;
  const worker = await startWorker(context, [aggregator.url], { timings: { consent: 50 } });
  await worker.write("big.txt", big);
  await worker.write("done", "big.txt");
  assert.equal((await worker.ended).exitCode, 0);
  assert.ok(isBig(aggregator.uploads[0]));
});

test("a token that is not accepted is read again before the next try", async (context) => {
  const aggregator = await startTestAggregator(context);
  const worker = await startWorker(context, [aggregator.url]);
  aggregator.onUpload = async (request, response) => {
    if (request.headers.authorization === "Bearer second-token") return;
    answer(response, 401);
    await writeFile(worker.settings.tokenFile, "second-token\n");
  };
  await worker.write("done", worker.results);
  assert.equal((await worker.ended).exitCode, 0);
  assert.ok(aggregator.tokens.has("Bearer second-token"));
});

test("Retry-After is kept even if the usual pause is shorter", async (context) => {
  const aggregator = await startTestAggregator(context);
  aggregator.onUpload = (_request, response, attempt) => {
    if (attempt === 0) response.writeHead(429, { "retry-after": "1" }).end();
  };
  const worker = await startWorker(context, [aggregator.url]);
  await worker.write("done", worker.results);
  assert.equal((await worker.ended).exitCode, 0);
  assert.ok(worker.lines.includes("the result was not taken: the aggregator answers 429; next try in 1.0 s"));
});

test("what can't be sent by the deadline is given up with the last reason", async (context) => {
  const aggregator = await startTestAggregator(context);
  aggregator.onUpload = (_request, response) => answer(response, 503, "disk full");
  const worker = await startWorker(context, [aggregator.url], { settings: { deadlineSeconds: 0.5 } });
  await worker.write("done", worker.results);
  assert.deepEqual(await worker.ended, { exitCode: 1, message: "the result could not be sent in time: the aggregator answers 503: disk full" });
});

test("the next address is taken when the first can't be reached, and kept", async (context) => {
  const aggregator = await startTestAggregator(context);
  const silent = createServer().listen(0, "127.0.0.1");
  let knocks = 0;
  silent.on("connection", () => knocks++);
  context.after(() => silent.close());
  await new Promise((resolve) => silent.once("listening", resolve));
  const address = silent.address();
  const silentUrl = `https://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  const urls = [`https://127.0.0.1:${await findFreePort()}`, silentUrl, aggregator.url];
  const worker = await startWorker(context, urls, { timings: { connect: 200 } });
  await until(() => aggregator.states.length > 3);
  await worker.write("done", worker.results);
  assert.equal((await worker.ended).exitCode, 0);
  assert.equal(knocks, 1);
});

const strangers = [
  { title: "a certificate of another CA", certificates: () => makeCertificates() },
  { title: "a certificate for another name", certificates: () => makeCertificates("localhost") },
];

for (const { title, certificates } of strangers)
  test(`nothing is sent to a server with ${title}`, async (context) => {
    const served = await certificates();
    const aggregator = await startTestAggregator(context, { served });
    const ca = title.includes("name") ? { ca: served.ca } : {};
    const worker = await startWorker(context, [aggregator.url], { settings: { deadlineSeconds: 0.4, ...ca } });
    await worker.write("done", worker.results);
    assert.equal((await worker.ended).exitCode, 1);
    assert.equal(aggregator.tokens.size, 0);
  });

test("a folder that changes between two tries is sent as it is at the second", async (context) => {
  const aggregator = await startTestAggregator(context);
  const worker = await startWorker(context, [aggregator.url]);
  aggregator.onUpload = async (_request, response, attempt) => {
    if (attempt > 0) return;
    await worker.write("late.txt", "late");
    answer(response, 500);
  };
  await worker.write("done", worker.results);
  assert.equal((await worker.ended).exitCode, 0);
  assert.deepEqual(unpack(aggregator.uploads[0]?.body ?? Buffer.alloc(0)), { "late.txt": "late" });
});
