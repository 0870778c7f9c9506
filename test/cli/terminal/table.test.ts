import assert from "node:assert/strict";
import { test } from "node:test";
import { renderTable } from "../../../cli/terminal/table.ts";

const rows = [
  ["NAME", "COUNT", "NOTE"],
  ["a", "10", ""],
  ["日本", "5", "b\u001B[2J"],
];

test("columns are aligned by what is seen, numbers to the right, and no line ends in spaces", () => {
  assert.deepEqual(renderTable(rows, { columns: 80, right: [1] }), ["NAME  COUNT  NOTE", "a        10", "日本      5  b\\u{1b}[2J"]);
});

test("no line is wider than the terminal", () => {
  assert.deepEqual(renderTable(rows, { columns: 15 }), ["NAME  COUNT  N…", "a     10", "日本  5      b…"]);
});

test("rows of different lengths and none at all are fine", () => {
  assert.deepEqual(renderTable([["a"], ["b", "c"]], { columns: 80 }), ["a", "b  c"]);
  assert.deepEqual(renderTable([], { columns: 80 }), []);
});
