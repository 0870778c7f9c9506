import assert from "node:assert/strict";
import { test } from "node:test";
import { createGate } from "../../../aggregator/ingest/gate.ts";
import { Refusal } from "../../../aggregator/ingest/refusal.ts";

const why = new Refusal(409, "The tarball is being made.");

test("a gate waits for what is inside when it is closed, and lets nothing in any more", async () => {
  const gate = createGate();
  const inside = Promise.withResolvers<string>();
  const passing = gate.pass(() => inside.promise);
  let isClosed = false;
  const closing = gate.close(why).then(() => (isClosed = true));
  await assert.rejects(
    gate.pass(() => Promise.resolve("late")),
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
    gate.pass(() => Promise.reject(new Error("the disk is full"))),
    /disk is full/,
  );
  await gate.close(why);
});
