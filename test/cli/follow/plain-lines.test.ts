import assert from "node:assert/strict";
import { test } from "node:test";
import { createPlainLines } from "../../../cli/follow/plain-lines.ts";
import { plugin, summary } from "../definitions.ts";

test("a line a change: equal ones are not repeated", () => {
  const lines = createPlainLines();
  assert.deepEqual(lines({}), ["The aggregator is starting."]);
  assert.deepEqual(lines({}), []);
  const running = summary({
    plugins: [plugin({ progress: { total: 5, completed: 1, msg: "reads logs" } }), plugin({ name: "every", expected: 0, states: {} })],
  });
  assert.deepEqual(lines({ summary: running }), ["Run abcd1234 in namespace asdic: running.", "smoke: 1 expected, 1 running (1/5 reads logs)"]);
  assert.deepEqual(lines({ summary: { ...running, updatedAt: "2026-01-02T03:09:00.000Z" } }), []);
  assert.deepEqual(lines({ summary: summary({ phase: "post-processing", plugins: [plugin({ states: { done: 1 } })] }) }), [
    "Run abcd1234 in namespace asdic: all plugins have ended, gathering.",
    "smoke: 1 expected, 1 done",
  ]);
});

test("a problem is told once, however often it is worded anew, and a second one of the same place too", () => {
  const lines = createPlainLines();
  const problem = {
    plugin: "every",
    node: "worker-1",
    code: "image-pull",
    message: "Container every can't pull x:1: not found",
    hint: "Check the image's name.",
  };
  const view = (message: string, code = problem.code) =>
    lines({ summary: summary({ plugins: [], problems: [{ ...problem, message, code }], problemCount: 1 }) }).filter((line) => line.startsWith("problem"));
  assert.deepEqual(view(problem.message), ["problem: every, worker-1: Container every can't pull x:1: not found. Check the image's name."]);
  assert.deepEqual(view("Back-off pulling x:1"), []);
  assert.deepEqual(view("The node went away.", "node-deleted"), ["problem: every, worker-1: The node went away. Check the image's name."]);
  const trouble = { code: "unschedulable", message: "No node can take the aggregator's pod: 0/3 nodes\u001B[2J", hint: "Free some." };
  assert.deepEqual(lines({ trouble }), ["problem: No node can take the aggregator's pod: 0/3 nodes\\u{1b}[2J. Free some."]);
  assert.deepEqual(lines({ trouble }), []);
});
