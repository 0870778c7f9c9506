import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { test } from "node:test";
import { createPlainLines } from "../../../cli/follow/plain-lines.ts";
import type { ResultStatus, RunStatus } from "../../../core/contract/run-status.ts";
import { answerJson, type Received } from "../../core/cluster/api-server.ts";
import { assertGolden } from "../../golden.ts";
import { plugin, summary } from "../definitions.ts";
import { startRunServer } from "../run-server.ts";

const nodes = 5000;
const since = "2026-01-02T03:04:05.000Z";

function resultOf(number: number): ResultStatus {
  const row = { plugin: "slow", node: `node-${number}`, since };
  if (number % 1000 === 7) return { ...row, state: "lost", code: "node-not-ready", message: `Node node-${number} is not ready`, hint: "Look at it." };
  if (number % 100 === 3) return { ...row, state: "skipped", code: "taint", message: "It is not tolerated" };
  if (number < 4000) return { ...row, state: "done", resultStatus: "passed", way: number < 3 ? "exec" : "service" };
  return { ...row, state: "running" };
}

const published = summary({
  plugins: [plugin(), plugin({ name: "slow", driver: "DaemonSet", expected: nodes, states: { done: 3960, running: 1035, lost: 5 } })],
});
const full: RunStatus = {
  ...published,
  results: [{ plugin: "smoke", node: "global", since, state: "done", resultStatus: "passed" }, ...Array.from({ length: nodes }, (_, at) => resultOf(at))],
};

/** An aggregator that gives at most `most` results a page, and forgets pages once. */
function answerPages(most: number, forgotten: string[]) {
  return ({ query }: Received, response: ServerResponse): void => {
    const after = query.get("after");
    if (forgotten.includes(after ?? "")) {
      forgotten.splice(forgotten.indexOf(after ?? ""), 1);
      return answerJson(response, { error: "There is no such page." }, 404);
    }
    const start = after === null ? 0 : 1 + full.results.findIndex((result) => `${result.plugin}/${result.node}` === after);
    const results = full.results.slice(start, start + Math.min(most, Number(query.get("limit") ?? Infinity)));
    const last = results.at(-1);
    answerJson(response, { ...full, results, ...(last && last !== full.results.at(-1) && { next: `${last.plugin}/${last.node}` }) });
  };
}

const calls = [
  "status",
  "status --show-all",
  "status --show-all -p smoke",
  "status --state lost",
  "status --node node-7 node-8",
  "status --node node-7 --state running",
  "status --node node-5000",
  "status --state gone",
  "status --watch --node node-1",
];
test("a status of 5,000 nodes is a screen of text", async () => {
  const server = await startRunServer(answerPages(700, []));
  server.publish(published);
  let text = "";
  for (const call of calls) {
    const { code, stdout, stderr } = await server.asdic(call.split(" "));
    assert.ok(stdout.split("\n").length <= 24, stdout);
    text += `$ asdic ${call}\n${stdout.replace(/going on for \S+\./, "going on for TIME.")}${stderr}[${code}]\n\n`;
  }
  assertGolden("cli/status/many-nodes.txt", text);
});

test("--json and --ungrouped have all of it, page by page, also where an aggregator that took over does not know a page", async () => {
  const server = await startRunServer(answerPages(700, ["slow/node-1398"]));
  server.publish(published);
  const { stdout, code } = await server.asdic(["status", "--show-all", "--json"]);
  assert.equal(code, 0);
  assert.deepEqual(JSON.parse(stdout), full);
  const pages = server.received.filter(({ path }) => path.includes("/proxy/")).map(({ query }) => query.get("after"));
  assert.deepEqual(pages.slice(0, 4), [null, "slow/node-698", "slow/node-1398", null]);
  const rows = (await server.asdic(["status", "--ungrouped", "-p", "slow"])).stdout.split("\n").filter((line) => line.startsWith("slow "));
  assert.equal(rows.length, nodes);
});

test("an aggregator that always says the same page is asked twice", async () => {
  const server = await startRunServer({ ...full, results: full.results.slice(0, 3), next: "slow/node-1" });
  server.publish(published);
  assert.equal((await server.asdic(["status", "--show-all"])).code, 0);
  assert.equal(server.received.filter(({ path }) => path.includes("/proxy/")).length, 2);
});

test("a log of a run with 5,000 nodes has a line for each twentieth of them, and one at once for the first that is lost", () => {
  const renderLines = createPlainLines();
  const states = Array.from({ length: nodes + 1 }, (_, done) => ({ done, running: nodes - done }));
  const lines = [...states, { done: nodes - 1, lost: 1 }].flatMap((counts) =>
    renderLines({ summary: summary({ plugins: [plugin({ name: "slow", driver: "DaemonSet", expected: nodes, states: counts })] }) }),
  );
  assert.ok(lines.length > 20 && lines.length < 50, `${lines.length} lines`);
  assert.equal(lines.at(-2), "slow: 5000 expected, 5000 done");
  assert.equal(lines.at(-1), "slow: 5000 expected, 4999 done, 1 failed");
});
