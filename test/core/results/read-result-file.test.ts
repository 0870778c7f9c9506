import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { test } from "node:test";
import { readResultFile } from "../../../core/results/read-result-file.ts";
import { leavesOf, readText } from "./read-file.ts";

test("a raw file is a passed item of its own, whatever it holds", async () => {
  for (const content of ["", "FAILED\n", Buffer.from([0, 255, 128])])
    assert.deepEqual(await readText("raw", content), { name: "file.raw", status: "passed", meta: { file: "results/global/file.raw", type: "file" } });
});

function breakAfter(text: string): Readable {
  return Readable.from(
    (async function* () {
      yield Buffer.from(text);
      await Promise.resolve();
      throw new Error("the disk is gone");
    })(),
  );
}

for (const [format, content] of [
  ["junit", '<testsuite name="s"><testcase name="a"/>'],
  ["gojson", '{"Action":"pass","Test":"a"}\n'],
  ["manual", "name: a\nstatus: passed\n"],
  ["raw", "x"],
] as const)
  test(`a ${format} file that can't be read to its end is failed and says why, beside what was read`, async () => {
    const file = await readResultFile({ format, name: "results/n/x", body: breakAfter(content) });
    assert.equal(file.status, "failed");
    assert.equal(leavesOf(file).at(-1)?.details?.["error"], "the disk is gone");
    assert.equal(leavesOf(file).length, format === "gojson" || format === "junit" ? 2 : 1);
  });
