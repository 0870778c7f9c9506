import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { StatusError } from "../../../embedded/api/status-error.ts";
import { createMovableClock } from "../../../embedded/clock.ts";
import { createWorkQueue } from "../../../embedded/nodes/work-queue.ts";
import { settle } from "./stage.ts";

function openQueue(t: { after(end: () => void): void }, work: (key: string) => void = () => undefined) {
  const stop = new AbortController();
  t.after(() => stop.abort());
  const clock = createMovableClock();
  const done: string[] = [];
  const queue = createWorkQueue({
    clock,
    signal: stop.signal,
    work(key) {
      done.push(key);
      work(key);
    },
  });
  return { stop, clock, done, queue, inSeconds: (seconds: number) => new Date(clock.now().getTime() + seconds * 1000) };
}

test("a key that is named several times is worked on once, and never within the call that names it", async (t) => {
  const { queue, done } = openQueue(t);
  for (const key of ["a", "b", "a"]) queue.add(key);
  assert.deepEqual(done, []);
  await settle();
  assert.deepEqual(done, ["a", "b"]);
});

test("work waits for its moment, the earliest that was named, also when the clock is moved there", async (t) => {
  const { queue, done, clock, inSeconds } = openQueue(t);
  queue.addAt("a", inSeconds(60));
  queue.addAt("a", inSeconds(30));
  queue.addAt("a", inSeconds(90));
  clock.move(29_000);
  await settle();
  assert.deepEqual(done, []);
  clock.move(2000);
  await settle();
  assert.deepEqual(done, ["a"]);
});

test("work that was refused is tried again later, and one failure ends nobody else's work", async (t) => {
  let isRefused = true;
  const { queue, done, clock } = openQueue(t, (key) => {
    if (key === "a" && isRefused) throw new StatusError({ code: 403, reason: "Forbidden", message: "no" });
  });
  queue.add("a");
  queue.add("b");
  await settle();
  assert.deepEqual(done, ["a", "b"]);
  isRefused = false;
  clock.move(1000);
  await settle();
  assert.deepEqual(done, ["a", "b", "a"]);
  clock.move(100_000);
  await settle();
  assert.deepEqual(done, ["a", "b", "a"]);
});

test("a mistake in the work is a warning of the process, not its end", async (t) => {
  const { queue } = openQueue(t, () => {
    throw new TypeError("a mistake of this test");
  });
  const warned = once(process, "warning");
  queue.add("a");
  const [warning] = await warned;
  assert.equal(String(warning), "TypeError: a mistake of this test");
});

test("nothing is done after the end", async (t) => {
  const { queue, done, stop, clock, inSeconds } = openQueue(t);
  queue.add("a");
  queue.addAt("b", inSeconds(1));
  stop.abort();
  clock.move(5000);
  queue.add("c");
  await settle();
  assert.deepEqual(done, []);
});
