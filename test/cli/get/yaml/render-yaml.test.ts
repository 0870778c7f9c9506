import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parse } from "yaml";
import { renderYaml } from "../../../../cli/get/yaml/render-yaml.ts";

const fixture = (name: string): string => readFileSync(join(import.meta.dirname, "../../../fixtures/yaml", name), "utf8");

test("whatever a text looks like, it is folded and quoted as kubectl does", () => {
  assert.equal(renderYaml(JSON.parse(fixture("odd-texts.json"))), fixture("odd-texts.yaml"));
});

const cases: readonly (readonly [value: unknown, yaml: string])[] = [
  [{}, "{}\n"],
  [[], "[]\n"],
  ["a", "a\n"],
  [{ a: {}, b: [], c: [{}, []], d: null, e: false }, "a: {}\nb: []\nc:\n- {}\n- []\nd: null\ne: false\n"],
  [{ a: [{ b: 1, c: [[1, 2], "x"] }] }, "a:\n- b: 1\n  c:\n  - - 1\n    - 2\n  - x\n"],
  [{ a: 9007199254740993n, b: 1.5, c: 1234567.5, d: 0.00001, e: 1e21 }, "a: 9007199254740993\nb: 1.5\nc: 1.2345675e+06\nd: 1e-05\ne: 1e+21\n"],
  [{ ["k".repeat(129)]: { n: { m: 1 } } }, `? ${"k".repeat(129)}\n: "n":\n    m: 1\n`],
  [{ "": 2, "a: b": 1, true: 4, "x\ny": 3 }, `"": 2\n'a: b': 1\n"true": 4\n? |-\n  x\n  y\n: 3\n`],
];
// Written by a kubectl 1.36.
test("values of every form", () => {
  for (const [value, yaml] of cases) {
    assert.equal(renderYaml(value), yaml);
    if (!yaml.includes("9007199254740993")) assert.deepEqual(parse(yaml, { version: "1.1" }), value);
  }
});
