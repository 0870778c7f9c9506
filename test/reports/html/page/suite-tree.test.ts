import assert from "node:assert/strict";
import { test } from "node:test";
import type { ResultItem } from "../../../../core/contract/result-item.ts";
import { buildTree, type Branch } from "../../../../reports/html/page/suite-tree.ts";
import type { PluginReport } from "../../../../reports/run-report.ts";
import { summarize } from "../../../../reports/summarize.ts";

const leaf = (name: string, status: string, failure?: string): ResultItem => ({ name, status, ...(failure === undefined ? {} : { details: { failure } }) });
const items: readonly ResultItem[] = [
  {
    name: "node-1",
    status: "failed",
    meta: { type: "node" },
    items: [{ name: "a.xml", status: "failed", items: [leaf("one", "passed"), leaf("two", "failed", "first"), leaf("two", "failed", "second")] }],
  },
  {
    name: "node-2",
    status: "passed",
    meta: { type: "node" },
    items: [{ name: "a.xml", status: "passed", items: [leaf("one", "passed"), leaf("three", "skipped")] }],
  },
];
const [plugin] = summarize({ path: "x.tar.gz", plugins: [{ name: "p", tree: { name: "p", status: "failed", items } }], errors: [] }).plugins;

const outline = ({ title, found, failed, branches, cases }: Branch): unknown => [
  title,
  found,
  failed,
  ...branches.map(outline),
  ...cases.map(({ name }) => name),
];

test("all of it lies as in the tree, and places that hold one place alone are one", () => {
  assert.deepEqual(outline(buildTree(plugin as PluginReport, { which: "all", text: "" })), [
    "p",
    5,
    2,
    ["node-1 › a.xml", 3, 2, "one", "two", "two"],
    ["node-2 › a.xml", 2, 0, "one", "three"],
  ]);
});

test("a filter leaves places out that have nothing left", () => {
  assert.deepEqual(outline(buildTree(plugin as PluginReport, { which: "failed", text: "" })), ["p › node-1 › a.xml", 2, 2, "two", "two"]);
  assert.deepEqual(outline(buildTree(plugin as PluginReport, { which: "ran", text: "ONE" })), [
    "p",
    2,
    0,
    ["node-1 › a.xml", 1, 0, "one"],
    ["node-2 › a.xml", 1, 0, "one"],
  ]);
  assert.deepEqual(outline(buildTree(plugin as PluginReport, { which: "failed", text: "nothing" })), ["p", 0, 0]);
});

test("tests of one name keep each their own text", () => {
  const { cases } = buildTree(plugin as PluginReport, { which: "failed", text: "" });
  assert.deepEqual(
    cases.map(({ failure }) => failure),
    ["first", "second"],
  );
});
