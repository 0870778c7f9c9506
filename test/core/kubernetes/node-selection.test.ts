import assert from "node:assert/strict";
import { test } from "node:test";
import { isNodeSelected } from "../../../core/kubernetes/node-selection.ts";

const node = { metadata: { name: "n1", labels: { "kubernetes.io/os": "linux", zone: "a", cores: "8", big: "9223372036854775807" } } };
const expressions = (...matchExpressions: readonly object[]) => required({ matchExpressions });
const required = (...nodeSelectorTerms: readonly object[]) => ({
  affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } },
});
const onName = (operator: string, ...values: readonly string[]) => required({ matchFields: [{ key: "metadata.name", operator, values }] });

const cases: readonly (readonly [name: string, podSpec: unknown, expected: boolean])[] = [
  ["nothing said", {}, true],
  ["nulls", { nodeSelector: null, affinity: null }, true],
  ["its own nodeName", { nodeName: "n1" }, true],
  ["another nodeName", { nodeName: "n2" }, false],
  ["a nodeSelector that fits", { nodeSelector: { zone: "a", "kubernetes.io/os": "linux" } }, true],
  ["a nodeSelector that fits in part", { nodeSelector: { zone: "a", other: "x" } }, false],
  ["a nodeSelector with an inherited key", { nodeSelector: { toString: "x" } }, false],
  [
    "affinity that is only preferred",
    {
      affinity: {
        nodeAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, preference: { matchExpressions: [{ key: "zone", operator: "In", values: ["b"] }] } }],
        },
      },
    },
    true,
  ],
  ["In with the value", expressions({ key: "zone", operator: "In", values: ["b", "a"] }), true],
  ["In without the value", expressions({ key: "zone", operator: "In", values: ["b"] }), false],
  ["In of a label that is missing", expressions({ key: "x", operator: "In", values: ["b"] }), false],
  ["NotIn of a label that is missing", expressions({ key: "x", operator: "NotIn", values: ["b"] }), true],
  ["NotIn with the value", expressions({ key: "zone", operator: "NotIn", values: ["a"] }), false],
  ["NotIn without values, which is invalid", expressions({ key: "zone", operator: "NotIn", values: [] }), false],
  ["Exists", expressions({ key: "zone", operator: "Exists" }), true],
  ["Exists of a label that is missing", expressions({ key: "x", operator: "Exists" }), false],
  ["Exists with values, which is invalid", expressions({ key: "zone", operator: "Exists", values: ["a"] }), false],
  ["DoesNotExist", expressions({ key: "x", operator: "DoesNotExist" }), true],
  ["DoesNotExist of a label that is there", expressions({ key: "zone", operator: "DoesNotExist" }), false],
  ["Gt a smaller number", expressions({ key: "cores", operator: "Gt", values: ["7"] }), true],
  ["Gt the same number", expressions({ key: "cores", operator: "Gt", values: ["8"] }), false],
  ["Lt a larger number, not by letters", expressions({ key: "cores", operator: "Lt", values: ["10"] }), true],
  ["Lt the same number", expressions({ key: "cores", operator: "Lt", values: ["8"] }), false],
  ["Gt in 64 bits", expressions({ key: "big", operator: "Gt", values: ["9223372036854775806"] }), true],
  ["Lt a number beyond 64 bits, which is invalid", expressions({ key: "cores", operator: "Lt", values: ["9223372036854775808"] }), false],
  ["Gt of a label that is no number", expressions({ key: "zone", operator: "Gt", values: ["1"] }), false],
  ["Gt of a label that is missing", expressions({ key: "x", operator: "Gt", values: ["1"] }), false],
  ["an operator that doesn't exist", expressions({ key: "zone", operator: "Like", values: ["a"] }), false],
  ["two expressions of one term, one unmet", expressions({ key: "zone", operator: "Exists" }, { key: "x", operator: "Exists" }), false],
  ["two terms, one met", required({ matchExpressions: [{ key: "x", operator: "Exists" }] }, { matchExpressions: [{ key: "zone", operator: "Exists" }] }), true],
  ["an empty term", required({}), false],
  ["no term", required(), false],
  ["its own name as a field", onName("In", "n1"), true],
  ["another name as a field", onName("In", "n2"), false],
  ["not its own name", onName("NotIn", "n1"), false],
  ["not another name", onName("NotIn", "n2"), true],
  ["two names, which is invalid", onName("In", "n1", "n2"), false],
  ["another field, which is invalid", required({ matchFields: [{ key: "spec.x", operator: "In", values: ["n1"] }] }), false],
  [
    "a field and an expression, both met",
    required({ matchFields: [{ key: "metadata.name", operator: "In", values: ["n1"] }], matchExpressions: [{ key: "zone", operator: "Exists" }] }),
    true,
  ],
  ["nodeSelector met, affinity unmet", { nodeSelector: { zone: "a" }, ...onName("In", "n2") }, false],
];

for (const [name, podSpec, expected] of cases)
  test(`a pod with ${name} ${expected ? "chooses" : "does not choose"} the node`, () => {
    assert.equal(isNodeSelected(node, podSpec), expected);
  });
