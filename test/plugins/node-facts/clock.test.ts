import assert from "node:assert/strict";
import { once } from "node:events";
import type { RequestListener } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { NotReadable } from "../../../plugins/node-facts/fact-group.ts";
import { judgeClock } from "../../../plugins/node-facts/groups/clock.ts";
import { readClock } from "../../../plugins/node-facts/read-clock.ts";

const answer = { aggregatorTime: "2026-01-02T03:04:05.678Z", offsetMilliseconds: 12, roundTripMilliseconds: 4 };

test("a clock more than two seconds off fails, with the direction", () => {
  assert.deepEqual(judgeClock(answer), { facts: answer });
  assert.equal(judgeClock({ ...answer, offsetMilliseconds: 3210 }).failure, "clock is off by 3.2 s: this node is behind the aggregator's");
  assert.equal(judgeClock({ ...answer, offsetMilliseconds: -90_000 }).failure, "clock is off by 90.0 s: this node is ahead of the aggregator's");
});

test("an answer that took too long to be sure of is no verdict", () => {
  assert.throws(() => judgeClock({ ...answer, offsetMilliseconds: 1500, roundTripMilliseconds: 1600 }), NotReadable);
  assert.throws(() => judgeClock({ ...answer, offsetMilliseconds: -2500, roundTripMilliseconds: 1600 }), NotReadable);
  assert.equal(judgeClock({ ...answer, offsetMilliseconds: 100, roundTripMilliseconds: 1600 }).failure, undefined);
});

test("a worker that has no clock yet is asked again", async () => {
  let asked = 0;
  const clock = await withServer(
    (_, response) => {
      asked += 1;
      if (asked === 1) response.writeHead(503).end();
      else if (asked === 2) response.end("{}");
      else response.end(JSON.stringify(answer));
    },
    (port) => readClock(port, new AbortController().signal),
  );
  assert.deepEqual(clock, answer);
  assert.equal(asked, 3);
});

test("without a worker, and when the pod ends meanwhile, the clock is not told, with the reason", async () => {
  await assert.rejects(readClock(undefined, new AbortController().signal), (error) => error instanceof NotReadable && /no worker/.test(error.message));
  const ending = new AbortController();
  await withServer(
    (_, response) => response.writeHead(503).end(() => ending.abort()),
    (port) => assert.rejects(readClock(port, ending.signal), (error) => error instanceof NotReadable && /clock is not known/.test(error.message)),
  );
});

async function withServer<T>(handle: RequestListener, use: (port: string) => Promise<T>): Promise<T> {
  const server = createServer(handle).listen();
  await once(server, "listening");
  try {
    return await use(String((server.address() as AddressInfo).port));
  } finally {
    server.close();
    server.closeAllConnections();
  }
}
