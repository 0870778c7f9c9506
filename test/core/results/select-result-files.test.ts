import assert from "node:assert/strict";
import { test } from "node:test";
import { isResultFile } from "../../../core/results/select-result-files.ts";

for (const [resultFormat, resultFiles, chosen, left] of [
  ["junit", [], ["junit_01.xml", "a.b.xml"], ["e2e.log", "xml", "a.xml.gz", "A.XML"]],
  ["gojson", [], ["out.json"], ["out.jsonl", "out.txt"]],
  ["manual", [], ["a.yaml", "b.yml"], ["c.json", "yaml"]],
  ["raw", [], ["a", "b.log", ".hidden"], []],
  ["junit", ["out.txt"], ["out.txt", "sub/out.txt"], ["out.xml", "out.txt2"]],
  ["raw", ["a", "b"], ["a", "b"], ["c"]],
] as const)
  test(`${resultFormat} with files [${resultFiles.join()}] takes ${chosen.join(", ")}${left.length > 0 ? ` and leaves ${left.join(", ")}` : ""}`, () => {
    for (const name of chosen) assert.ok(isResultFile({ resultFormat, resultFiles }, name), name);
    for (const name of left) assert.ok(!isResultFile({ resultFormat, resultFiles }, name), name);
  });
