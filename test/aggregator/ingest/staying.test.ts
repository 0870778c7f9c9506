import assert from "node:assert/strict";
import { once } from "node:events";
import { after, before, beforeEach, describe, it } from "node:test";
import { createGate } from "../../../aggregator/ingest/gate.ts";
import { Refusal } from "../../../aggregator/ingest/refusal.ts";
import { createExpectedResults } from "../../../aggregator/state/expected-results.ts";
import type { Door } from "./door.ts";
import { openDoor } from "./door.ts";

describe("the door for workers that stay, and while it closes", () => {
  let results = createExpectedResults(() => new Date());
  let gate = createGate();
  let isSealed = false;
  let door: Door;
  before(async () => {
    door = await openDoor(() => ({ results, gate, isSealed }));
  });
  after(() => door.close());
  beforeEach(() => {
    results = createExpectedResults(() => new Date());
    results.expect("p", "n1");
    gate = createGate();
    isSealed = false;
  });

  const own = { authorization: "Bearer pod-n1", "content-disposition": "attachment;filename=a.txt", "content-type": "text/plain" };
  const path = "/api/v1/results/by-node/n1/p";
  const poll = async (state: string): Promise<{ readonly instruction: string; readonly pauseSeconds?: number }> =>
    JSON.parse((await door.send({ method: "POST", path: "/asdic/v1/poll", headers: own, body: JSON.stringify({ state, hold: false }) })).body);

  it("lets who has delivered wait until the tarball is sealed, asks for what it hasn't got, and sends the others away", async () => {
    assert.equal((await poll("delivered")).instruction, "collect", "it was another aggregator that had it");
    await door.send({ path, headers: own, body: "hello" });
    const delivered = await poll("delivered");
    assert.equal(delivered.instruction, "wait");
    assert.ok((delivered.pauseSeconds ?? 0) >= 5);
    assert.equal((await poll("uploading")).instruction, "wait", "its next try is told that the result is here");
    assert.equal((await poll("waiting")).instruction, "leave", "another pod has delivered");
    isSealed = true;
    assert.equal((await poll("delivered")).instruction, "leave");
  });

  it("takes no upload once it is to end, but says to try again, and asks for no byte", async () => {
    await gate.close(new Refusal(503, "ending"));
    const sent = door.open({ path, headers: { ...own, "transfer-encoding": "chunked", expect: "100-continue" } });
    let isAsked = false;
    sent.on("continue", () => (isAsked = true));
    sent.flushHeaders();
    const [response] = await once(sent, "response");
    assert.deepEqual([response.statusCode, isAsked], [503, false]);
    sent.destroy();
    assert.equal(results.find("p", "n1")?.upload, undefined);
  });

  it("refuses an upload that comes in full while the tarball is made", async () => {
    await gate.close(new Refusal(409, "sealing"));
    assert.equal((await door.send({ path, headers: own, body: "hello" })).status, 409);
    assert.equal(results.find("p", "n1")?.upload, undefined);
  });
});
