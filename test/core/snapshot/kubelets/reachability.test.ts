import assert from "node:assert/strict";
import { test } from "node:test";
import { createReachability } from "../../../../core/snapshot/kubelets/reachability.ts";

const silent = { code: 503, reason: "ServiceUnavailable" };
const timedOut = { code: 0, reason: "TimedOut" };

test("a node is not asked any more once it was silent twice, or for long, and never answered", () => {
  const reachability = createReachability();
  reachability.failed("a", silent);
  assert.equal(reachability.isWorth("a"), true);
  reachability.failed("a", silent);
  reachability.failed("b", timedOut);
  reachability.answered("c");
  reachability.failed("c", timedOut);
  for (let count = 0; count < 9; count++) reachability.failed("d", { code: 404, reason: "NotFound" });
  assert.deepEqual(
    ["a", "b", "c", "d", "e"].map((node) => reachability.isWorth(node)),
    [false, false, true, true, true],
  );
});

test("when none of the first ones answers, the rest is not asked; one answer is enough to go on", () => {
  const [none, one] = [createReachability(), createReachability()];
  one.answered("alive");
  for (let count = 0; count < 16; count++) for (const reachability of [none, one]) reachability.failed(`node-${count}`, timedOut);
  assert.deepEqual([none.isWorth("another"), one.isWorth("another"), one.isWorth("node-3")], [false, true, false]);
});
