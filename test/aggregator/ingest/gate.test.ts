import assert from "node:assert/strict";
import { test } from "node:test";
import { createGate } from "../../../aggregator/ingest/gate.ts";
import { Refusal } from "../../../aggregator/ingest/refusal.ts";
import { createExpectedResults } from "../../../aggregator/state/expected-results.ts";

const results = createExpectedResults(() => new Date());
const [first, second] = [results.expect("p", "n1"), results.expect("p", "n2")];
const why = new Refusal(409, "The tarball is being made.");

test("a gate waits for what is inside when it is closed, and lets nothing in any more", async () => {
  const gate = createGate();
  const inside = Promise.withResolvers<string>();
  const passing = gate.pass(first, () => inside.promise);
  let isClosed = false;
  const closing = gate.close(why).then(() => (isClosed = true));
  await assert.rejects(
    gate.pass(first, () => Promise.resolve("late")),
    /tarball is being made/,
  );
  assert.equal(isClosed, false);
  inside.resolve("in time");
  assert.equal(await passing, "in time");
  await closing;
});

test("what fails inside is told to its caller and does not keep the gate open", async () => {
  const gate = createGate();
  await assert.rejects(
    gate.pass(first, () => Promise.reject(new Error("the disk is full"))),
    /disk is full/,
  );
  await gate.close(why);
});

test("what makes one result count is run one after the other, also after a failure, and keeps no other result waiting", async () => {
  const gate = createGate();
  const steps: string[] = [];
  const failing = Promise.withResolvers<void>();
  const one = gate.pass(first, async () => {
    steps.push("one begins");
    await failing.promise;
  });
  const two = gate.pass(first, async () => void steps.push("two begins"));
  await gate.pass(second, async () => void steps.push("another result"));
  failing.reject(new Error("the disk is full"));
  await assert.rejects(one, /disk is full/);
  await two;
  assert.deepEqual(steps, ["one begins", "another result", "two begins"]);
});
