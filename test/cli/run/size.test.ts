import assert from "node:assert/strict";
import { test } from "node:test";
import { parseSize } from "../../../cli/run/size.ts";
import { isKnownError } from "../../../core/contract/known-error.ts";

const sizes = [
  ["1", 1],
  ["500Mi", 524_288_000],
  ["4Gi", 4_294_967_296],
  ["1.5k", 1500],
  ["2G", 2_000_000_000],
] as const;
for (const [text, bytes] of sizes) test(`${text} is ${bytes} bytes`, () => assert.equal(parseSize("--max-result-size", text), bytes));

for (const text of ["", "0", "-1", "4gb", "Gi", "1e3", "99999999Ti"])
  test(`${JSON.stringify(text)} is no size, and the message names the flag`, () =>
    assert.throws(
      () => parseSize("--max-result-size", text),
      (error) => isKnownError(error) && error.exitCode === 2 && error.message.includes("--max-result-size"),
    ));
