import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createNodeTurns } from "../../../aggregator/launch/node-turns.ts";
import type { ExpectedResult } from "../../../aggregator/state/expected-results.ts";
import { createExpectedResults } from "../../../aggregator/state/expected-results.ts";

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Turns for at most `limit` nodes, with who has one and whose pods are still there. */
function start(limit: number, isMade: (result: ExpectedResult) => boolean = () => false) {
  const results = createExpectedResults(() => new Date());
  const stop = new AbortController();
  const goings = new Map<ExpectedResult, PromiseWithResolvers<void>>();
  const going = (result: ExpectedResult): PromiseWithResolvers<void> => {
    const known = goings.get(result) ?? Promise.withResolvers<void>();
    goings.set(result, known);
    return known;
  };
  const turns = createNodeTurns({ limit, results, isMade, untilGone: (result) => going(result).promise, signal: stop.signal });
  const begun: string[] = [];
  const take = (plugin: string, node: string): ExpectedResult => {
    const result = results.expect(plugin, node);
    void turns.take(result).then(
      () => begun.push(`${plugin} ${node}`),
      () => begun.push(`${plugin} ${node} not`),
    );
    return result;
  };
  const end = async (result: ExpectedResult): Promise<void> => {
    results.update(result, { state: "done" });
    going(result).resolve();
    await settle();
  };
  return { results, take, begun, end, stop };
}

describe("turns of nodes", () => {
  it("let in as many as the limit says, and the next when a result has ended and its pod is gone", async () => {
    const { results, take, begun, end } = start(2);
    const [one] = ["n1", "n2", "n3", "n4"].map((node) => take("p", node));
    await settle();
    assert.deepEqual(begun, ["p n1", "p n2"]);
    assert.ok(one);
    results.update(one, { state: "done" });
    await settle();
    assert.deepEqual(begun, ["p n1", "p n2"], "its pod is still there");
    await end(one);
    assert.deepEqual(begun, ["p n1", "p n2", "p n3"]);
  });

  it("are a node's, whatever number of plugins run on it", async () => {
    const { take, begun, end } = start(1);
    const results = [take("p", "n1"), take("p", "n2"), take("q", "n1"), take("q", "n2")];
    await settle();
    assert.deepEqual(begun, ["p n1", "q n1"]);
    for (const result of [results[0], results[2]]) if (result) await end(result);
    assert.deepEqual(begun, ["p n1", "q n1", "p n2", "q n2"]);
  });

  for (const [what, change] of [
    ["is not ready", { problem: { code: "node-not-ready", message: "" } }],
    ["is lost", { state: "lost", problem: { code: "pod-deleted", message: "" } }],
  ] as const)
    it(`go on from a node that ${what}, whose pod may never go`, async () => {
      const { results, take, begun } = start(1);
      const dead = take("p", "n1");
      take("p", "n2");
      results.update(dead, change);
      await settle();
      assert.deepEqual(begun, ["p n1", "p n2"]);
    });

  it("are had at once by what an earlier aggregator has made, and count", async () => {
    const { take, begun, end } = start(1, ({ node }) => node.startsWith("made"));
    const [made, other] = [take("p", "made-1"), take("p", "made-2")];
    take("p", "n1");
    await settle();
    assert.deepEqual(begun, ["p made-1", "p made-2"]);
    await end(made);
    assert.equal(begun.length, 2);
    await end(other);
    assert.deepEqual(begun.slice(2), ["p n1"]);
  });

  it("come no more once the run is ended", async () => {
    const { take, begun, stop } = start(1);
    take("p", "n1");
    take("p", "n2");
    stop.abort(new Error("enough"));
    await settle();
    assert.deepEqual(begun, ["p n1", "p n2 not"]);
  });
});
