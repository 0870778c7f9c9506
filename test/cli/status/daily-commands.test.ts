import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { RunStatus } from "../../../core/contract/run-status.ts";
import { assertGolden } from "../../golden.ts";
import { plugin, summary } from "../definitions.ts";
import { startRunServer } from "../run-server.ts";

const slow = plugin({ name: "slow", driver: "DaemonSet", expected: 3, states: { running: 2, done: 1 } });
const passed = plugin({ states: { done: 1 }, resultStatus: "passed", resultCounts: { passed: 5 } });
const problem = { plugin: "slow", node: "worker-1", code: "image-pull", message: "The image can't be had", hint: "Look at it." };
const running = summary({ plugins: [passed, slow], problems: [problem], problemCount: 1 });
const complete = summary({
  phase: "complete",
  outcome: "complete",
  finishedAt: "2026-01-02T03:05:05.000Z",
  plugins: [passed, { ...slow, states: { done: 3 }, resultStatus: "failed", resultCounts: { passed: 2, failed: 1 } }],
});
const full: RunStatus = {
  ...running,
  results: [
    { plugin: "smoke", node: "global", state: "done", since: "2026-01-02T03:04:05.000Z", resultStatus: "passed", resultCounts: { passed: 5 } },
    { plugin: "slow", node: "worker-1", state: "pulling", since: "2026-01-02T03:04:05.000Z", code: "image-pull", message: "The image can't be had" },
  ],
};

const calls: readonly { readonly args: string; readonly code: number; readonly published?: typeof running }[] = [
  { args: "status -p smoke", code: 0 },
  { args: "status -p slow --show-all", code: 0 },
  { args: "status -p other -p smoke", code: 2 },
  { args: "status --watch --show-all", code: 2 },
  { args: "status --watch", code: 1, published: complete },
  { args: "status --watch -p smoke", code: 1, published: complete },
  { args: "status --watch --quiet", code: 1, published: complete },
  { args: "wait", code: 1, published: complete },
  { args: "wait --quiet", code: 1, published: complete },
  { args: "wait --for plugin=smoke", code: 0 },
  { args: "wait --for plugin=smoke --quiet", code: 0 },
  { args: "wait --for plugin=other", code: 2 },
  { args: "wait --for later", code: 2 },
  { args: "wait --timeout 0.05", code: 4 },
  { args: "wait --quiet --verbose", code: 2 },
  { args: "status --as-group admins", code: 2 },
  { args: "status --request-timeout soon", code: 2 },
  { args: "status --cluster none", code: 2 },
  { args: "version --short", code: 0 },
  { args: "version --short --json", code: 2 },
  { args: "schema none", code: 2 },
  { args: "completion tcsh", code: 2 },
  { args: "completion bash zsh", code: 2 },
];
test("what daily commands print and end with is as it was", async () => {
  const server = await startRunServer(full);
  let text = "";
  for (const { args, code, published = running } of calls) {
    server.publish(published);
    const ended = await server.asdic(args.split(" "));
    assert.equal(ended.code, code, `${args}\n${ended.stdout}${ended.stderr}`);
    const shown =
      ended.stdout +
      ended.stderr
        .split("\n")
        .map((line) => (line === "" ? "" : `! ${line}\n`))
        .join("");
    text += `$ asdic ${args}\n${shown.replaceAll(/going on for \S+\./g, "going on for TIME.").replaceAll(/at \/\S+|in \/\S+\/kubeconfig/g, "in KUBECONFIG")}[${code}]\n\n`;
  }
  assertGolden("cli/daily-commands.txt", text);
});

test("Ctrl-C ends a watch with 130 and leaves the run alone", async () => {
  const server = await startRunServer();
  server.publish(running);
  const stop = new AbortController();
  const watching = server.asdic(["status", "--watch"], stop.signal);
  await sleep(300);
  stop.abort();
  const { code, stderr } = await watching;
  assert.equal(code, 130);
  assert.match(stderr, /The run goes on in namespace asdic/);
  assert.ok(server.paths().length >= 4);
});

test("a run that is deleted while it is waited for did not finish", async () => {
  const server = await startRunServer();
  server.publish(running);
  const waiting = server.asdic(["wait"]);
  await sleep(300);
  server.remove("/apis/apps/v1/namespaces/asdic/deployments/asdic-aggregator");
  const { code, stderr } = await waiting;
  assert.equal(code, 4);
  assert.match(stderr, /^error: The run in namespace asdic was deleted before it was complete\.\n/);
});

test("a wait outlives an API server that refuses and breaks off for a while", async () => {
  let isBroken = false;
  const server = await startRunServer(undefined, () => (isBroken ? 503 : undefined));
  server.publish(running);
  const waiting = server.asdic(["wait"]);
  await sleep(300);
  isBroken = true;
  await sleep(2500);
  isBroken = false;
  server.publish(complete);
  assert.equal((await waiting).code, 1);
});

test("--verbose tells each request with its status and time, and nothing that is secret", async () => {
  const server = await startRunServer(full);
  server.publish(running);
  const { code, stdout, stderr } = await server.asdic(["status", "--show-all", "--verbose", "--as", "joe", "--as-group", "a", "--as-group", "b"]);
  assert.equal(code, 0);
  assert.match(stdout, /worker-1/);
  assert.match(stderr, /^GET \/api\/v1\/namespaces\/asdic\/configmaps\/asdic-run 200 \d+ ms$/m);
  assert.match(stderr, /^GET \/api\/v1\/namespaces\/asdic\/pods\/https:asdic-aggregator-1:8080\/proxy\S+ 200 \d+ ms$/m);
  assert.equal(stderr.trimEnd().split("\n").length, server.received.length);
  assert.doesNotMatch(stderr, /secret-token|run-token|cnVuLXRva2Vu|Bearer/i);
  const headers = server.received[0]?.headers;
  assert.deepEqual([headers?.["impersonate-user"], headers?.["impersonate-group"]], ["joe", "a, b"]);
});
