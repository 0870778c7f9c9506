import assert from "node:assert/strict";
import { test } from "node:test";
import { parseJsonPath } from "../../../core/kubernetes/json-path.ts";

const object = {
  spec: { a: { b: 1 }, list: [{ n: "x" }, { n: "y" }], "dotted.name": "d", zero: 0, none: null },
  status: {
    conditions: [
      { type: "Ready", status: "True" },
      { type: "Old", status: "False" },
    ],
  },
};

test("a path chooses what the API server's does", () => {
  const cases: readonly (readonly [string, readonly unknown[]])[] = [
    [".spec.a.b", [1]],
    [".spec.zero", [0]],
    [".spec.none", []],
    [".spec.gone.b", []],
    [".spec['dotted.name']", ["d"]],
    ['.spec["dotted.name"]', ["d"]],
    [String.raw`.spec.dotted\.name`, ["d"]],
    [".spec.list[0].n", ["x"]],
    [".spec.list[-1].n", ["y"]],
    [".spec.list[7].n", []],
    [".spec.list[*].n", ["x", "y"]],
    ['.status.conditions[?(@.type=="Ready")].status', ["True"]],
    [".status.conditions[?(@.type != 'Ready')].status", ["False"]],
    [".status.conditions[?(@.type=='Gone')].status", []],
  ];
  for (const [path, expected] of cases) assert.deepEqual(parseJsonPath(path)?.(object), expected, path);
});

test("what is no such path is none", () => {
  for (const path of ["spec", ".", ".spec[", ".spec[?(@.a)]", ".spec..a", "{.spec}", ".a".repeat(2000)])
    assert.equal(parseJsonPath(path), undefined, path.slice(0, 20));
});
