import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import { Readable } from "node:stream";
import { test } from "node:test";
import type { ResultFormat } from "../../core/contract/plugin-definition.ts";
import type { ResultItem } from "../../core/contract/result-item.ts";
import { isLeaf } from "../../core/contract/result-item.ts";
import { readResultFile } from "../../core/results/read-result-file.ts";
import { isResultFile } from "../../core/results/select-result-files.ts";
import { renderFailedResult } from "../../plugins/failed-result.ts";
import { renderJunit } from "../../plugins/junit.ts";
import { nodeFacts } from "../../plugins/node-facts/definition.ts";
import { collectNodeFacts } from "../../plugins/node-facts/program.ts";
import type { ResultFile } from "../../plugins/plugin-program.ts";
import { smoke } from "../../plugins/smoke/definition.ts";

test("of what node-facts writes, the tree alone is read as results: an item a fact group", async () => {
  const files = await collectNodeFacts({
    resultsDir: tmpdir(),
    variables: {},
    signal: new AbortController().signal,
    now: () => new Date(0),
    report: () => undefined,
  });
  const results = files.filter(({ name }) => isResultFile(nodeFacts, name));
  assert.deepEqual(
    results.map(({ name }) => name),
    ["results.yaml"],
  );
  const items = await readLeaves(nodeFacts.resultFormat, results[0]);
  assert.deepEqual(
    items.map(({ name }) => name),
    ["kernel", "cpu", "memory", "file-systems", "pressure", "cgroup", "conntrack", "entropy", "clock"],
  );
  assert.equal(items.find(({ name }) => name === "kernel")?.status, "passed");
  const clock = items.find(({ name }) => name === "clock");
  assert.equal(clock?.status, "skipped");
  assert.match(String(clock.details?.["skipped"]), /no worker is beside this program/);
});

test("what smoke writes is read with times, failures and skip reasons", async () => {
  const content = renderJunit("smoke", [
    { name: "create a pod", className: "smoke", seconds: 1.25, outcome: { kind: "passed" }, output: "it runs" },
    { name: "resolve cluster DNS", className: "smoke", seconds: 30, outcome: { kind: "failure", message: "no", text: "no\n\nEAI_AGAIN" } },
    { name: "reach a Service across nodes", className: "smoke", seconds: 0, outcome: { kind: "skipped", message: "only one schedulable node" } },
  ]);
  assert.ok(isResultFile(smoke, "junit.xml"));
  const items = await readLeaves(smoke.resultFormat, { name: "junit.xml", content });
  assert.deepEqual(
    items.map(({ name, status }) => [name, status]),
    [
      ["create a pod", "passed"],
      ["resolve cluster DNS", "failed"],
      ["reach a Service across nodes", "skipped"],
    ],
  );
  assert.equal(items[0]?.details?.["duration"], 1.25);
  assert.match(String(items[1]?.details?.["failure"]), /EAI_AGAIN/);
  assert.match(String(items[2]?.details?.["skipped"]), /only one schedulable node/);
});

for (const definition of [nodeFacts, smoke]) {
  test(`${definition.name}: its own crash is read as one failed item with the stack`, async () => {
    const format = definition.resultFormat === "junit" ? "junit" : "manual";
    const file = renderFailedResult(definition.name, format, new TypeError("no \u001b[31msuch thing"));
    assert.ok(isResultFile(definition, file.name));
    const [item, ...others] = await readLeaves(format, file);
    assert.deepEqual([item?.status, others.length], ["failed", 0]);
    assert.match(JSON.stringify(item?.details), /TypeError: no/);
  });
}

async function readLeaves(format: ResultFormat, file: ResultFile | undefined): Promise<readonly ResultItem[]> {
  assert.ok(file !== undefined);
  const leavesOf = (item: ResultItem): readonly ResultItem[] => (isLeaf(item) ? [item] : (item.items ?? []).flatMap(leavesOf));
  return leavesOf(await readResultFile({ format, name: file.name, body: Readable.from([Buffer.from(file.content)]) }));
}
