import assert from "node:assert/strict";
import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { createAsker } from "../../../../core/snapshot/requests/ask.ts";
import { answerJson, startApiServer } from "../../cluster/api-server.ts";

const usual = { requestsPerSecond: 1000, maxSeconds: 60, signal: new AbortController().signal };
const busy = (response: ServerResponse, retryAfter?: string): void =>
  void response.writeHead(429, retryAfter === undefined ? {} : { "retry-after": retryAfter }).end("Too many requests\n");

test("429 is waited out for as long as the server says, and counted", async () => {
  let left = 2;
  const { cluster } = await startApiServer((_request, response) => (left-- > 0 ? busy(response, "0.05") : answerJson(response, { a: 1 })));
  const asker = createAsker(cluster, usual);
  assert.equal((await asker.read({ path: "/x" })).body.toString(), '{"a":1}');
  assert.deepEqual([asker.cost.requests, asker.cost.throttled, asker.cost.waitedMilliseconds >= 100], [3, 2, true]);
});

test("what a server can't do is said with its own words and is not asked for long", async () => {
  const { cluster, received } = await startApiServer((_request, response) =>
    answerJson(response, { kind: "Status", reason: "Forbidden", message: "you\u001B[31m may\nnot" }, 403),
  );
  await assert.rejects(createAsker(cluster, usual).read({ path: "/x" }), { code: 403, reason: "Forbidden", message: "you [31m may not" });
  assert.equal(received.length, 1);
});

test("a server error is asked again", async () => {
  const { cluster, received } = await startApiServer((_request, response) => void response.writeHead(503).end("service unavailable"));
  await assert.rejects(createAsker(cluster, usual).read({ path: "/x", retries: 1 }), {
    code: 503,
    reason: "ServiceUnavailable",
    message: "service unavailable",
  });
  assert.equal(received.length, 2);
});

test("answers come unpacked, and are counted as they came", async () => {
  const packed = gzipSync("x".repeat(100_000));
  const { cluster } = await startApiServer((request, response) => {
    assert.equal(request.headers["accept-encoding"], "gzip");
    response.writeHead(200, { "content-encoding": "gzip" }).end(packed);
  });
  const asker = createAsker(cluster, usual);
  assert.equal((await asker.read({ path: "/x" })).body.length, 100_000);
  assert.equal(asker.cost.receivedBytes, packed.length);
});

test("a packed refusal is understood", async () => {
  const { cluster } = await startApiServer((_request, response) => {
    response.writeHead(403, { "content-encoding": "gzip" }).end(gzipSync('{"kind":"Status","reason":"Forbidden","message":"no"}'));
  });
  await assert.rejects(createAsker(cluster, usual).read({ path: "/x" }), { code: 403, reason: "Forbidden", message: "no" });
});

test("a packed answer that breaks off is an error", async () => {
  const { cluster } = await startApiServer((_request, response) => {
    response.writeHead(200, { "content-encoding": "gzip", "content-length": "1000" });
    response.write(gzipSync("x".repeat(100_000)).subarray(0, 50), () => setTimeout(() => response.destroy(), 20));
  });
  await assert.rejects(createAsker(cluster, usual).read({ path: "/x" }), { code: 0, reason: "Unreachable" });
});

test("nobody waits longer than is said", async () => {
  const { cluster } = await startApiServer(() => undefined);
  await assert.rejects(createAsker(cluster, usual).read({ path: "/x", within: 50 }), { code: 0, reason: "TimedOut" });
});

test("when time is up everything fails, without being asked", async () => {
  const { cluster, received } = await startApiServer(() => undefined);
  const asker = createAsker(cluster, { ...usual, maxSeconds: 0.05 });
  await assert.rejects(asker.read({ path: "/x" }), { reason: "TimedOut" });
  await assert.rejects(asker.read({ path: "/y" }), { reason: "TimedOut" });
  assert.deepEqual(
    received.map(({ path }) => path),
    ["/x"],
  );
});

test("whoever gives up gets their reason", async () => {
  const { cluster } = await startApiServer(() => undefined);
  const end = new AbortController();
  const asking = createAsker(cluster, { ...usual, signal: end.signal }).read({ path: "/x" });
  setTimeout(() => end.abort(new Error("enough")), 20);
  await assert.rejects(asking, { message: "enough" });
});

test("an answer without an end is left", async () => {
  let closed: Promise<unknown> | undefined;
  const { cluster } = await startApiServer((_request, response) => {
    closed = once(response, "close");
    const chunk = Buffer.alloc(1024 * 1024);
    const pour = (): void => void (response.destroyed || response.write(chunk, pour));
    pour();
  });
  await assert.rejects(createAsker(cluster, usual).read({ path: "/x" }), { reason: "TooLarge" });
  await closed;
});

test("an answer that has to begin within a time does not have to end within it, and one that does not begin is not asked for again", async () => {
  const { cluster, received } = await startApiServer(({ path }, response) => {
    if (path !== "/slow") return;
    response.writeHead(200).write("a");
    setTimeout(() => response.end("b"), 300);
  });
  const asker = createAsker(cluster, usual);
  assert.equal((await asker.read({ path: "/slow", beginsWithin: 150 })).body.toString(), "ab");
  await assert.rejects(asker.read({ path: "/silent", beginsWithin: 150 }), { reason: "TimedOut", message: "no answer in time" });
  assert.equal(received.length, 2);
});
