import assert from "node:assert/strict";
import { test } from "node:test";
import { firstUntoleratedTaint } from "../../../core/kubernetes/taints.ts";

const controlPlane = { key: "node-role.kubernetes.io/control-plane", effect: "NoSchedule" };
const dedicated = { key: "dedicated", value: "db", effect: "NoExecute" };
const cordoned = { key: "node.kubernetes.io/unschedulable", effect: "NoSchedule" };

const cases: readonly (readonly [name: string, taint: object, tolerations: readonly object[], tolerated: boolean])[] = [
  ["none", controlPlane, [], false],
  ["Exists for everything", dedicated, [{ operator: "Exists" }], true],
  ["Exists for everything of one effect", dedicated, [{ operator: "Exists", effect: "NoExecute" }], true],
  ["Exists for everything of another effect", dedicated, [{ operator: "Exists", effect: "NoSchedule" }], false],
  ["Exists for the key", dedicated, [{ key: "dedicated", operator: "Exists" }], true],
  ["Exists for another key", dedicated, [{ key: "other", operator: "Exists" }], false],
  ["Equal with the value", dedicated, [{ key: "dedicated", operator: "Equal", value: "db" }], true],
  ["Equal with another value", dedicated, [{ key: "dedicated", operator: "Equal", value: "web" }], false],
  ["no operator, which is Equal", dedicated, [{ key: "dedicated", value: "db", effect: "NoExecute" }], true],
  ["Equal without a value for a taint without one", controlPlane, [{ key: controlPlane.key }], true],
  ["an operator that doesn't exist", dedicated, [{ key: "dedicated", operator: "Like", value: "db" }], false],
  ["Gt, which is behind a gate", { key: "a", value: "9", effect: "NoSchedule" }, [{ key: "a", operator: "Gt", value: "1" }], false],
  [
    "one of several that fits",
    controlPlane,
    [
      { key: "x", operator: "Exists" },
      { key: controlPlane.key, operator: "Exists" },
    ],
    true,
  ],
  ["none for a cordoned node", cordoned, [], false],
  ["one that names the cordon", cordoned, [{ key: cordoned.key, operator: "Exists", effect: "NoSchedule" }], true],
  ["none for a mere preference", { key: "a", effect: "PreferNoSchedule" }, [], true],
];

for (const [name, taint, tolerations, tolerated] of cases)
  test(`with the toleration: ${name}, the taint ${tolerated ? "lets pods in" : "keeps pods off"}`, () => {
    const found = firstUntoleratedTaint({ spec: { taints: [taint] } }, tolerations);
    assert.deepEqual(found, tolerated ? undefined : { value: "", ...taint });
  });

test("the first of several taints that keep pods off is given", () => {
  assert.equal(
    firstUntoleratedTaint({ spec: { taints: [{ key: "p", effect: "PreferNoSchedule" }, controlPlane, dedicated] } }, [
      { key: controlPlane.key, operator: "Exists" },
    ])?.key,
    "dedicated",
  );
});

test("a node without taints, and anything that is no node, has none", () => {
  for (const node of [{}, { spec: {} }, { spec: { taints: null } }, null, undefined, 7]) assert.equal(firstUntoleratedTaint(node, []), undefined);
});
