import assert from "node:assert/strict";
import { test } from "node:test";
import { createGate } from "../../../aggregator/ingest/gate.ts";
import { createExpectedResults } from "../../../aggregator/state/expected-results.ts";
import { runStatusSchema } from "../../../core/contract/run-status.ts";
import { wirePaths } from "../../../core/contract/worker-wire.ts";
import { playCases } from "../../play-cases.ts";
import { openRawConnections } from "../../raw-connections.ts";
import { dialDoor } from "./dial-door.ts";
import { openDoor } from "./door.ts";
import { drawPoll, drawProgress } from "./hostile-bodies.ts";

test("10,000 bodies of polls and progress are taken or refused, and the status stays one that people can read", async (context) => {
  const results = createExpectedResults(() => new Date());
  for (let node = 0; node < 10; node++) results.expect("p", `n${node}`);
  const door = await openDoor(() => ({ results, gate: createGate(), isSealed: false }));
  const connections = openRawConnections(dialDoor(door));
  context.after(async () => {
    connections.close();
    await door.close();
  });
  await playCases(context, {
    count: 10_000,
    atOnce: 8,
    play: async (random) => {
      const node = `n${random.below(10)}`;
      const [path, body] = random.below(3) === 0 ? [wirePaths.poll, drawPoll(random)] : [wirePaths.progress("p", node), drawProgress(random)];
      const head = `POST ${path} HTTP/1.1\r\nhost: a\r\nauthorization: Bearer pod-${node}\r\ncontent-length: ${body.length}\r\n\r\n`;
      const { status } = await connections.send({ bytes: Buffer.concat([Buffer.from(head), body]), isHead: false, isSound: true, ending: "end" });
      assert.ok([200, 400, 413].includes(status), `${status}`);
      return status === 200;
    },
    check: async () => {
      const { body } = await door.send({ method: "GET", path: wirePaths.status, headers: { "x-asdic-token": "right" } });
      const status = runStatusSchema.safeParse(JSON.parse(body));
      assert.ok(status.success, status.error?.message);
      assert.ok(body.length < 400_000, `${body.length} bytes`);
      assert.equal("polluted" in {}, false);
    },
  });
});
