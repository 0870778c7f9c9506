import assert from "node:assert/strict";
import { test } from "node:test";
import { overridePlugins } from "../../../cli/plugins/override.ts";
import { isKnownError } from "../../../core/contract/known-error.ts";
import { definition } from "../definitions.ts";

const plugins = [
  definition({
    name: "a",
    container: {
      name: "c",
      image: "one:1",
      env: [
        { name: "KEEP", value: "k" },
        { name: "OLD", valueFrom: { fieldRef: { fieldPath: "x" } } },
      ],
    },
  }),
  definition({ name: "a.b" }),
];
const environment = (variables: readonly string[]) => overridePlugins(plugins, { variables, images: [] }).definitions.map(({ container }) => container["env"]);

test("a variable is set, replaced, or removed by an empty value; the others stay", () => {
  assert.deepEqual(environment(["a.NEW=x=y", "a.OLD=z"])[0], [
    { name: "KEEP", value: "k" },
    { name: "NEW", value: "x=y" },
    { name: "OLD", value: "z" },
  ]);
  assert.deepEqual(environment(["a.OLD="])[0], [{ name: "KEEP", value: "k" }]);
});

test("the longest name of a plugin that fits is meant", () => {
  assert.deepEqual(environment(["a.b.X=1"])[1], [{ name: "X", value: "1" }]);
  assert.deepEqual(environment(["a.c.X=1"])[0]?.valueOf(), [
    { name: "KEEP", value: "k" },
    { name: "OLD", valueFrom: { fieldRef: { fieldPath: "x" } } },
    { name: "c.X", value: "1" },
  ]);
});

test("an image is replaced, whatever colons it has", () => {
  const images = overridePlugins(plugins, { variables: [], images: ["a:registry:5000/x:2"] }).definitions.map(({ container }) => container["image"]);
  assert.deepEqual(images, ["registry:5000/x:2", "x"]);
});

test("aggregator, and Sonobuoy's name for it, stand for the aggregator, unless a plugin is called so", () => {
  const change = (variables: readonly string[], definitions = plugins) => overridePlugins(definitions, { variables, images: [] });
  assert.deepEqual(change(["aggregator.A=1", "sonobuoy.B=x=y", "aggregator.C="]).aggregator, [
    { name: "A", value: "1" },
    { name: "B", value: "x=y" },
    { name: "C", value: "" },
  ]);
  const ours = change(["aggregator.A=1"], [definition({ name: "aggregator" })]);
  assert.deepEqual([ours.aggregator, ours.definitions[0]?.container["env"]], [[], [{ name: "A", value: "1" }]]);
});

test("a plugin's time-out is what was typed, whatever its file says", () => {
  const timed = overridePlugins([...plugins, definition({ name: "own", timeoutSeconds: 5 })], {
    variables: [],
    images: [],
    timeouts: ["a.b=1h30m", "own=0.5"],
  });
  assert.deepEqual(
    timed.definitions.map(({ timeoutSeconds }) => timeoutSeconds),
    [undefined, 5400, 1],
  );
});

const refused: readonly {
  readonly variables?: readonly string[];
  readonly images?: readonly string[];
  readonly timeouts?: readonly string[];
  readonly says: RegExp;
  readonly hint?: RegExp;
}[] = [
  { variables: ["aggregator.POD_IP=1"], says: /--plugin-env aggregator\.POD_IP=1: the aggregator needs POD_IP/ },
  { timeouts: ["z=1h"], says: /--plugin-timeout z=1h: there is no plugin "z"/, hint: /a, a\.b/ },
  { timeouts: ["1h"], says: /not of the form PLUGIN=DURATION/ },
  { timeouts: ["a=soon"], says: /--plugin-timeout a=soon: is no duration\. Give seconds/ },
  { variables: ["z.X=1"], timeouts: ["y=1"], says: /"z" in this run\.\n.*"y" in this run/ },
  { variables: ["z.X=1"], says: /--plugin-env z\.X=1: there is no plugin "z"/, hint: /a, a\.b/ },
  { variables: ["X=1"], says: /not of the form PLUGIN\.NAME=VALUE/ },
  { variables: ["a.X"], says: /not of the form PLUGIN\.NAME=VALUE/ },
  { images: ["z:x"], says: /there is no plugin "z"/, hint: /a, a\.b/ },
  { images: ["a:"], says: /not of the form PLUGIN:IMAGE/ },
];
for (const { variables = [], images = [], timeouts = [], says, hint = /^/ } of refused)
  test(`${[...variables, ...images, ...timeouts].join()} is refused`, () => {
    assert.throws(
      () => overridePlugins(plugins, { variables, images, timeouts }),
      (error) => isKnownError(error) && error.exitCode === 2 && says.test(error.message) && hint.test(error.hint ?? ""),
    );
  });
