import assert from "node:assert/strict";
import { test } from "node:test";
import { parsePlacement, type PlacementFlags } from "../../../../cli/run/options/placement.ts";
import { parseAll, refusal } from "./parse.ts";

const parse = (flags: PlacementFlags) => parseAll(parsePlacement, flags);

test("without flags pods go where Kubernetes puts them", () => {
  assert.deepEqual(parse({}), { nodeSelector: {}, aggregatorNodeSelector: undefined, tolerations: undefined, priorityClass: undefined });
});

test("node selectors may be repeated or have commas, and values may be empty", () => {
  assert.deepEqual(parse({ nodeSelector: ["a=b,kubernetes.io/os=linux", "node-role.kubernetes.io/worker="] }).nodeSelector, {
    a: "b",
    "kubernetes.io/os": "linux",
    "node-role.kubernetes.io/worker": "",
  });
});

test("the aggregator's selector may be written as Sonobuoy's", () => {
  assert.deepEqual(parse({ aggregatorNodeSelector: ["kubernetes.io/os:linux", "pool=infra"] }).aggregatorNodeSelector, {
    "kubernetes.io/os": "linux",
    pool: "infra",
  });
});

const tolerations: readonly (readonly [string, object])[] = [
  ["dedicated", { key: "dedicated", operator: "Exists" }],
  ["dedicated:NoSchedule", { key: "dedicated", operator: "Exists", effect: "NoSchedule" }],
  ["example.test/gpu=yes", { key: "example.test/gpu", operator: "Equal", value: "yes" }],
  ["gpu=:NoExecute", { key: "gpu", operator: "Equal", value: "", effect: "NoExecute" }],
  ["*", { operator: "Exists" }],
  ["*:PreferNoSchedule", { operator: "Exists", effect: "PreferNoSchedule" }],
];
for (const [text, toleration] of tolerations)
  test(`the toleration ${text} is ${JSON.stringify(toleration)}`, () => assert.deepEqual(parse({ toleration: [text] }).tolerations, [toleration]));

test("a priority class is a name", () => assert.equal(parse({ priorityClass: "system-cluster-critical" }).priorityClass, "system-cluster-critical"));

const refused: readonly (readonly [PlacementFlags, RegExp])[] = [
  [{ nodeSelector: ["a"] }, /^--node-selector a: is not of the form LABEL=VALUE\.\nFor example: --node-selector kubernetes\.io/],
  [{ nodeSelector: ["a in (b)"] }, /is not of the form/],
  [{ nodeSelector: ["a:b"] }, /is not of the form/],
  [{ nodeSelector: [`a=${"b".repeat(64)}`] }, /is not of the form/],
  [{ aggregatorNodeSelector: ["pool"] }, /^--aggregator-node-selector pool: is not of the form/],
  [{ toleration: [""] }, /^--toleration : is not of the form KEY\[=VALUE\]\[:EFFECT\]/],
  [{ toleration: ["a:Never"] }, /where the effect is NoSchedule, PreferNoSchedule, NoExecute/],
  [{ toleration: ["*=a"] }, /is not of the form/],
  [{ toleration: ["a b"] }, /is not of the form/],
  [{ priorityClass: "" }, /^--priority-class : is no name of a PriorityClass/],
  [{ priorityClass: "High" }, /is no name of a PriorityClass/],
];
for (const [flags, says] of refused)
  test(`${JSON.stringify(flags)} is refused`, () =>
    assert.match(
      refusal(() => parse(flags)),
      says,
    ));

test("all that is wrong is told together, each with its remedy", () => {
  const text = refusal(() => parse({ nodeSelector: ["a"], toleration: ["b:c", "ok", "d:e"], priorityClass: "X" }));
  assert.match(
    text,
    /^Several things can't be right\.\n--node-selector a: .*\n  For example.*\n--toleration b:c: .*\n  For.*\n--toleration d:e: .*\n  For.*\n--priority-class X/,
  );
});
