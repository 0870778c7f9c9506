import assert from "node:assert/strict";
import { test } from "node:test";
import { parseMaxObjects } from "../../../cli/snapshot/parse-max-objects.ts";

test("a number is for every kind, KIND=N for one, in any order", () => {
  assert.deepEqual(parseMaxObjects("--max-objects", "100"), { maxObjectsPerKind: 100 });
  assert.deepEqual(parseMaxObjects("--max-objects", "Events=5000,100000,pods.metrics.k8s.io=0"), {
    maxObjectsPerKind: 100_000,
    maxObjectsOf: { events: 5000, "pods.metrics.k8s.io": 0 },
  });
});

test("what is neither, or is there twice, is named", () => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ["0", /"0" is neither/],
    ["", /"" is neither/],
    ["5,", /"" is neither/],
    ["5,6", /every kind is there twice/],
    ["pods=1,Pods=2", /pods is there twice/],
    ["pods/log=1", /"pods\/log=1" is neither/],
    ["pods=-1", /"pods=-1" is neither/],
  ];
  for (const [text, message] of cases) assert.throws(() => parseMaxObjects("--max-objects", text), { code: "wrong-usage", message });
});
