import assert from "node:assert/strict";
import { test } from "node:test";
import { describeGaps } from "../../../cli/get/describe-gaps.ts";
import { storedCoverage, storedKinds } from "./stored-cluster.ts";

test("of a list that was refused it is said where it was read instead, and nothing about a namespace that was", () => {
  const kind = storedKinds.find(({ plural, group }) => plural === "pods" && group === "") ?? assert.fail();
  const refused = { verb: "list", resource: "pods", namespace: "", code: 403, reason: "Forbidden", message: "no" };
  const coverage = { ...storedCoverage, failures: [{ ...refused, instead: { namespaces: ["blue", "red"], count: 2, known: 9 } }] };
  assert.deepEqual(describeGaps(coverage, { kind, namespace: "blue" }), []);
  for (const namespace of [undefined, "green"])
    assert.deepEqual(describeGaps(coverage, { kind, namespace }), [
      "pods of all namespaces together could not be listed, only those of 2 of 9 known namespaces (blue, red): no",
    ]);
});
