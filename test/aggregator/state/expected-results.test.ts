import assert from "node:assert/strict";
import { test } from "node:test";
import { createExpectedResults } from "../../../aggregator/state/expected-results.ts";

test("a plugin has ended when all of its results have, until one begins again or is expected anew", () => {
  const results = createExpectedResults(() => new Date());
  assert.ok(results.hasEnded("p"));
  const [one, two] = [results.expect("p", "n1"), results.expect("p", "n2")];
  results.expect("q", "global");
  results.update(one, { state: "done" });
  results.update(one, { state: "done" });
  assert.equal(results.hasEnded("p"), false);
  results.update(two, { state: "lost" });
  assert.ok(results.hasEnded("p"));
  results.update(two, { state: "done" });
  assert.ok(results.hasEnded("p"));
  results.update(one, { state: "waiting" });
  assert.equal(results.hasEnded("p"), false);
  results.update(one, { state: "skipped" });
  results.expect("p", "n1");
  assert.ok(results.hasEnded("p"));
  results.expect("p", "n3");
  assert.equal(results.hasEnded("p"), false);
});

test("who waits for one result looks only when that one changes, and no more once it is told or has given up", async () => {
  const results = createExpectedResults(() => new Date());
  const [one, two] = [results.expect("p", "n1"), results.expect("p", "n2")];
  const looks = { told: 0, givenUp: 0 };
  const leave = new AbortController();
  const told = results.until(() => looks.told++ >= 0 && one.state === "done", new AbortController().signal, one);
  const givenUp = results.until(() => looks.givenUp++ < 0, leave.signal, one);
  results.update(two, { state: "done" });
  assert.deepEqual(looks, { told: 1, givenUp: 1 });
  results.update(one, { state: "running" });
  leave.abort(new Error("enough"));
  await assert.rejects(givenUp, /enough/);
  results.update(one, { state: "done" });
  await told;
  results.update(one, { state: "lost" });
  assert.deepEqual(looks, { told: 3, givenUp: 2 });
});
