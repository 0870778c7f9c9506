import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createExpectedResults } from "../../../aggregator/state/expected-results.ts";

describe("createExpectedResults", () => {
  it("knows when a plugin has ended, also when a result comes after it was given up, or is made once more", () => {
    const results = createExpectedResults(() => new Date());
    assert.equal(results.hasEnded("p"), true, "nothing is expected yet");
    const [one, two] = [results.expect("p", "n1"), results.expect("p", "n2")];
    results.expect("q", "n1");
    const seen = [
      () => results.update(one, { state: "lost" }),
      () => results.update(two, { state: "done" }),
      () => results.update(one, { state: "done" }),
      () => results.update(one, { resultStatus: "passed" }),
      () => results.update(two, { state: "waiting" }),
      () => results.update(two, { state: "failed" }),
    ].map((change) => {
      change();
      return results.hasEnded("p");
    });
    assert.deepEqual(seen, [false, true, true, true, false, true]);
  });

  it("wakes who waits for one result by that one's changes alone", async () => {
    const results = createExpectedResults(() => new Date());
    const mine = results.expect("p", "n1");
    let looks = 0;
    const waiting = results.until(() => (looks++, mine.state === "done"), new AbortController().signal, mine);
    for (let index = 0; index < 100; index += 1) results.update(results.expect("p", `other-${index}`), { state: "running" });
    assert.equal(looks, 1);
    results.update(mine, { state: "running" });
    results.update(mine, { state: "done" });
    await waiting;
    assert.equal(looks, 3);
    results.update(mine, { state: "failed" });
    assert.equal(looks, 3);
  });

  it("remembers when a result was first seen to run, until it is made once more", () => {
    let second = 0;
    const results = createExpectedResults(() => new Date((second += 1000)));
    const mine = results.expect("p", "n1");
    const starts = (["scheduled", "running", "uploading", "done", "waiting", "uploading"] as const).map((state) => {
      results.update(mine, { state });
      return mine.startedAt?.getTime();
    });
    assert.equal(starts[0], undefined);
    assert.ok(starts[1] !== undefined && starts[1] === starts[2] && starts[2] === starts[3]);
    assert.equal(starts[4], undefined);
    assert.ok((starts[5] ?? 0) > (starts[1] ?? 0));
  });

  it("stops waiting for a result when the signal aborts", async () => {
    const results = createExpectedResults(() => new Date());
    const stop = new AbortController();
    const waiting = results.until(() => false, stop.signal, results.expect("p", "n1"));
    stop.abort(new Error("enough"));
    await assert.rejects(waiting, /enough/);
  });

  it("finds the results of a node", () => {
    const results = createExpectedResults(() => new Date());
    for (const [plugin, node] of [
      ["p", "n1"],
      ["p", "n2"],
      ["q", "n1"],
      ["r", "global"],
    ] as const)
      results.expect(plugin, node);
    assert.deepEqual(
      results.ofNode("n1").map(({ plugin }) => plugin),
      ["p", "q"],
    );
  });
});
