import assert from "node:assert/strict";
import { test } from "node:test";
import { checkRepositoryList } from "../../../../cli/run/conformance/check-repository-list.ts";

test("a mapping of names to registries is one, in YAML and in JSON", () => {
  for (const text of ["promoterE2eRegistry: registry.example.test/e2e\ngcRegistry: registry.example.test/k8s\n", '{"gcRegistry":"registry.example.test"}'])
    assert.deepEqual(checkRepositoryList(text, "file"), []);
});

const wrong: readonly (readonly [text: string, says: readonly string[]])[] = [
  ["", ["file: is empty"]],
  ["- a\n", ["file:1:1: must be a mapping of names to values"]],
  ["a: b\n---\nc: d\n", ["file: holds more than one document"]],
  [
    "a: b\nc: 1\nd:\n",
    [
      "file:2:1: c must be the name of a registry, e.g. registry.example.test/k8s",
      "file:3:1: d must be the name of a registry, e.g. registry.example.test/k8s",
    ],
  ],
  ["a: [\n", ["file:2:1: is no YAML: Flow sequence in block collection must be sufficiently indented and end with a ]"]],
];
for (const [text, says] of wrong)
  test(`${JSON.stringify(text)} is none, and each place is named`, () => assert.deepEqual(checkRepositoryList(text, "file"), says));
