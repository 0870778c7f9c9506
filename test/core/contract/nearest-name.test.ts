import assert from "node:assert/strict";
import { test } from "node:test";
import { nearestName } from "../../../core/contract/nearest-name.ts";

const known = ["command", "args", "imagePullPolicy", "result-format", "result-files", "env", "needs"];
const cases: readonly (readonly [string, string | undefined])[] = [
  ["comand", "command"],
  ["commnad", "command"],
  ["result_format", "result-format"],
  ["resultFiles", "result-files"],
  ["ImagePullpolicy", "imagePullPolicy"],
  ["need", "needs"],
  ["envs", "env"],
  ["arg", "args"],
  ["ab", undefined],
  ["volumes", undefined],
  ["", undefined],
  ["x".repeat(100_000), undefined],
];
for (const [name, nearest] of cases)
  test(`${name.slice(0, 20)} stands for ${nearest ?? "nothing that is known"}`, () => assert.equal(nearestName(name, known), nearest));
