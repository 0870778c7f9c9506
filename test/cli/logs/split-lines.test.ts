import assert from "node:assert/strict";
import { test } from "node:test";
import { createLineSplitter } from "../../../cli/logs/split-lines.ts";

test("lines are the same wherever a stream is cut into chunks, and of long ones the beginning is kept", () => {
  const text = Buffer.from(`one\n\n${"ü".repeat(30)}\nlast, without an end`);
  for (let size = 1; size <= text.length; size++) {
    const splitter = createLineSplitter(10);
    const lines = [];
    for (let start = 0; start < text.length; start += size) lines.push(...splitter.push(text.subarray(start, start + size)));
    lines.push(splitter.rest());
    assert.deepEqual(
      lines.map((line) => [line?.bytes.toString(), line?.length]),
      [
        ["one", 3],
        ["", 0],
        ["ü".repeat(5), 60],
        ["last, with", 20],
      ],
    );
    assert.equal(splitter.rest(), undefined);
  }
});
