import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { test } from "node:test";
import { isJsonObject } from "../../core/contract/json.ts";
import { startProgressServer } from "../../worker/progress-server.ts";
import { drawProgress } from "../aggregator/ingest/hostile-bodies.ts";
import { findFreePort } from "../free-port.ts";
import { drawFraming } from "../hostile-framing.ts";
import { drawText } from "../hostile-text.ts";
import { playCases } from "../play-cases.ts";
import { openRawConnections } from "../raw-connections.ts";

test("10,000 requests of plugins are answered or closed, and only whole JSON objects of at most 64 KiB go on to the aggregator", async (context) => {
  const port = await findFreePort();
  const relayed = { count: 0 };
  const stop = await startProgressServer({
    port,
    handlers: {
      relay: async (body) => {
        relayed.count++;
        assert.ok(body.length <= 64 * 1024 && isJsonObject(JSON.parse(body.toString())));
        return { status: 200, headers: { "content-length": "2" }, body: Buffer.from("{}") };
      },
      clock: async () => ({ aggregatorTime: new Date().toISOString(), offsetMilliseconds: 0, roundTripMilliseconds: 0 }),
    },
    log: () => undefined,
  });
  const connections = openRawConnections(async () => {
    const socket = connect({ port, host: "127.0.0.1" });
    await once(socket, "connect");
    return socket;
  });
  context.after(() => {
    connections.close();
    stop();
  });
  await playCases(context, {
    count: 10_000,
    atOnce: 8,
    play: async (random) => {
      const [method, target] =
        random.below(10) > 0
          ? ["POST", random.pick(["/progress", "/api/v1/progress?x=1"])]
          : ["GET", random.pick(["/clock", "/asdic/tunnel", `/${drawText(random)}`])];
      const headers = random.below(20) === 0 ? [[random.pick(["expect", "connection", "content-type", "x"]), drawText(random)] as const] : [];
      const body = method === "GET" ? Buffer.alloc(0) : drawProgress(random);
      const { status } = await connections.send(drawFraming(random, { method, target, headers, body, isChunked: random.below(3) === 0, trailer: "" }));
      return status === 200;
    },
    check: async () => {
      const answer = await fetch(`http://127.0.0.1:${port}/progress`, { method: "POST", body: "{}" });
      assert.equal(answer.status, 200);
    },
  });
  context.diagnostic(`${relayed.count} went on to the aggregator; ${connections.opened()} connections`);
});
