import assert from "node:assert/strict";
import { text as readText } from "node:stream/consumers";
import { test } from "node:test";
import { createGate } from "../../../aggregator/ingest/gate.ts";
import { createHeldPolls } from "../../../aggregator/ingest/held-polls.ts";
import { createExpectedResults } from "../../../aggregator/state/expected-results.ts";
import { openDoor } from "./door.ts";

test("so many polls are held and no more, until one of them is over", async () => {
  const polls = createHeldPolls(2);
  const ends = [1, 2].map(() => Promise.withResolvers<void>());
  const held = ends.map(({ promise }) => polls.hold(() => promise));
  assert.equal(await polls.hold(async () => undefined), false);
  ends[0]?.resolve();
  assert.equal(await held[0], true);
  assert.equal(await polls.hold(async () => undefined), true);
  ends[1]?.reject(new Error("broken"));
  await assert.rejects(held[1] ?? assert.fail(), /broken/);
  assert.equal(await polls.hold(async () => undefined), true);
});

test("a worker whose poll finds no room is told to pause, over a connection that ends", async (context) => {
  const results = createExpectedResults(() => new Date());
  const nodes = Array.from({ length: 520 }, (_, index) => `n${index}`);
  for (const node of nodes) results.expect("p", node);
  const door = await openDoor(() => ({ results, gate: createGate(), isSealed: false }));
  context.after(() => door.close());
  const body = JSON.stringify({ state: "waiting", hold: true });
  const answers: { readonly node: string; readonly connection: string | undefined; readonly said: string }[] = [];
  for (const node of nodes) {
    const headers = { authorization: `Bearer pod-${node}`, "content-length": String(body.length) };
    const request = door.open({ method: "POST", path: "/asdic/v1/poll", headers });
    request.on("response", (response) => {
      void readText(response).then((said) => answers.push({ node, connection: response.headers.connection, said }));
    });
    request.end(body);
  }
  while (answers.length < 20) await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(answers.length, 20);
  for (const { connection, said } of answers) {
    const { instruction, pauseSeconds } = JSON.parse(said);
    assert.deepEqual([connection, instruction, pauseSeconds], ["close", "wait", 16]);
  }
  const crowded = new Set(answers.splice(0).map(({ node }) => node));
  for (const result of results.all()) results.update(result, { collect: "ended" });
  while (answers.length < 500) await new Promise((resolve) => setTimeout(resolve, 20));
  assert.ok(answers.every(({ node, said }) => !crowded.has(node) && JSON.parse(said).instruction === "collect"));
});
