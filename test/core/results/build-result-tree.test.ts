import assert from "node:assert/strict";
import { test } from "node:test";
import type { ResultItem } from "../../../core/contract/result-item.ts";
import { buildResultTree } from "../../../core/results/build-result-tree.ts";

const file = (node: string, status = "passed"): ResultItem => ({ name: "out", status, meta: { file: `results/${node}/out`, type: "file" } });

test("a Job's files lie below the plugin", () => {
  assert.deepEqual(buildResultTree({ plugin: "e2e", driver: "Job", nodes: [{ node: "global", files: [file("global")] }] }), {
    name: "e2e",
    status: "passed",
    meta: { type: "summary" },
    items: [file("global")],
  });
});

test("a DaemonSet's files lie below their nodes, and a node without any is unknown", () => {
  const tree = buildResultTree({
    plugin: "logs",
    driver: "DaemonSet",
    nodes: [
      { node: "n1", files: [file("n1")] },
      { node: "n2", files: [] },
    ],
  });
  assert.deepEqual(tree, {
    name: "logs",
    status: "unknown",
    meta: { type: "summary" },
    items: [
      { name: "n1", status: "passed", meta: { type: "node" }, items: [file("n1")] },
      { name: "n2", status: "unknown", meta: { type: "node" }, items: [] },
    ],
  });
});

test("a plugin of which nothing came is unknown", () => {
  for (const driver of ["Job", "DaemonSet"] as const) assert.equal(buildResultTree({ plugin: "x", driver, nodes: [] }).status, "unknown");
});

test("a run error is a failed item named by its message, after what came all the same; its values are text", () => {
  const error = { path: "errors/n1/error.json", error: "No result came: timeout of the image pull", code: "image-pull", hint: "Look.", pod: { name: "p" } };
  const [node] = buildResultTree({ plugin: "x", driver: "DaemonSet", nodes: [{ node: "n1", files: [file("n1")], error }] }).items ?? [];
  assert.deepEqual(node?.items, [
    file("n1"),
    {
      name: error.error,
      status: "failed",
      meta: { file: "errors/n1/error.json", type: "file" },
      details: { error: error.error, code: "image-pull", hint: "Look.", pod: '{"name":"p"}' },
    },
  ]);
});

test("a time-out, the plugin's own or the run's, is one by its code and not by its words", () => {
  for (const code of ["timed-out", "run-timed-out"]) {
    const error = { path: "errors/global/error.json", error: "It took too long", code };
    const tree = buildResultTree({ plugin: "x", driver: "Job", nodes: [{ node: "global", files: [], error }] });
    assert.deepEqual([tree.status, tree.items?.[0]?.status], ["failed", "timeout"]);
  }
});

test("the evidence of a run error stays in its file, so that the tree of many lost nodes is small", () => {
  const error = { path: "errors/global/error.json", error: "It is lost", code: "evicted", evidence: { pod: "p" } };
  const tree = buildResultTree({ plugin: "x", driver: "Job", nodes: [{ node: "global", files: [], error }] });
  assert.deepEqual(tree.items?.[0]?.details, { error: "It is lost", code: "evicted" });
});
