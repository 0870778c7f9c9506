import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { test } from "node:test";
import { stripVTControlCharacters } from "node:util";
import type { LogsFlags } from "../../../cli/logs/parse-logs-request.ts";
import { isKnownError } from "../../../core/contract/known-error.ts";
import { startLogServer, type LogServer } from "./log-server.ts";
import { bare, startPrinting } from "./print.ts";

/** An aggregator, a Job plugin and a DaemonSet plugin on two nodes, each with something to say. */
async function startRun(refuse?: Parameters<typeof startLogServer>[1]): Promise<LogServer> {
  const server = await startLogServer(["smoke", "node-facts"], refuse);
  server.addPod({ name: "node-facts-b", plugin: "node-facts", node: "worker-2", containers: ["node-facts", "sonobuoy-worker"] });
  server.addPod({ name: "node-facts-a", plugin: "node-facts", node: "worker-1", containers: ["node-facts", "sonobuoy-worker"] });
  server.addPod({ name: "smoke-x", plugin: "smoke", containers: ["smoke", "sonobuoy-worker"], initContainers: ["prepare"] });
  server.addPod({ name: "asdic-aggregator-1", plugin: "aggregator", containers: ["aggregator"] });
  server.write("asdic-aggregator-1/aggregator", ["03:04:05.000000001", "started"], ["03:04:06.000000001", "launched"]);
  server.write("smoke-x/prepare", ["03:04:07.000000001", "ready"]);
  server.write("smoke-x/smoke", ["03:04:08.100000000", "one"], ["03:04:08.200000000", "two"], ["03:04:09.000000000", ""]);
  for (const node of ["a", "b"]) server.write(`node-facts-${node}/node-facts`, ["03:04:05.500000000", `facts of ${node}`]);
  return server;
}

const cases: readonly { readonly what: string; readonly flags: Partial<LogsFlags>; readonly out: string }[] = [
  {
    what: "all logs, pod by pod in the order of the run, behind aligned names, without the node of a Job plugin",
    flags: {},
    out: `aggregator          aggregator      │ started
aggregator          aggregator      │ launched
smoke               prepare         │ ready
smoke               smoke           │ one
smoke               smoke           │ two
smoke               smoke           │ 
node-facts/worker-1 node-facts      │ facts of a
node-facts/worker-2 node-facts      │ facts of b
`,
  },
  { what: "a plugin's", flags: { plugin: ["smoke"], container: "smoke" }, out: "smoke smoke │ one\nsmoke smoke │ two\nsmoke smoke │ \n" },
  {
    what: "those of several",
    flags: { plugin: ["aggregator", "node-facts"], node: "worker-1", container: "aggregator", tail: "1" },
    out: "aggregator aggregator │ launched\n",
  },
  { what: "a node's", flags: { node: "worker-2", container: "node-facts" }, out: "node-facts/worker-2 node-facts │ facts of b\n" },
  { what: "the last lines", flags: { plugin: ["aggregator"], tail: "1" }, out: "aggregator aggregator │ launched\n" },
  {
    what: "with their times, as they were written",
    flags: { plugin: ["aggregator"], timestamps: true },
    out: "aggregator aggregator │ 2026-01-02T03:04:05.000000001Z started\naggregator aggregator │ 2026-01-02T03:04:06.000000001Z launched\n",
  },
];
for (const { what, flags, out } of cases)
  test(`it prints ${what}`, async () => {
    const printing = startPrinting(await startRun(), flags);
    await printing.ended;
    assert.equal(printing.out(), out);
    assert.equal(printing.err(), "");
  });

test("--since is asked from the server, whose clock it is", async () => {
  const server = await startRun();
  await startPrinting(server, { plugin: ["aggregator"], since: "1m30s" }).ended;
  assert.deepEqual(
    server.asked("asdic-aggregator-1/aggregator").map((query) => Number(query["sinceSeconds"]) - 90 <= 2),
    [true],
  );
});

const refused: readonly { readonly what: string; readonly flags: Partial<LogsFlags>; readonly says: RegExp; readonly hint: RegExp }[] = [
  {
    what: "a plugin that the run does not have",
    flags: { plugin: ["smoke", "smok"] },
    says: /^The run in namespace asdic has no plugin smok\.$/,
    hint: /^It has aggregator, smoke, node-facts\.$/,
  },
  { what: "a container that no pod has", flags: { plugin: ["smoke"], container: "x" }, says: /no.* container x\./i, hint: /prepare, smoke, sonobuoy-worker/ },
  { what: "lines that are no number", flags: { tail: "-1" }, says: /--tail -1/, hint: /whole number/ },
  { what: "a time that is none", flags: { since: "soon" }, says: /--since soon/, hint: /90s/ },
  { what: "to follow what has ended", flags: { follow: true, previous: true }, says: /exclude each other/, hint: /--follow alone/ },
];
for (const { what, flags, says, hint } of refused)
  test(`${what} is wrong use`, async () => {
    const server = await startRun();
    await assert.rejects(
      async () => startPrinting(server, flags).ended,
      (error) => isKnownError(error) && error.exitCode === 2 && says.test(error.message) && hint.test(error.hint ?? ""),
    );
  });

test("where there is no run it says so", async () => {
  const server = await startRun();
  server.remove("/api/v1/namespaces/asdic/configmaps/asdic-run");
  await assert.rejects(startPrinting(server).ended, (error) => isKnownError(error) && error.code === "no-run");
});

const review = (allowed: boolean) => (request: { readonly path: string }) =>
  request.path.endsWith("/log") || (!allowed && request.path.endsWith("selfsubjectaccessreviews")) ? 403 : undefined;

test("who may not read logs is told which right is missing", async () => {
  await assert.rejects(
    startPrinting(await startRun(review(false))).ended,
    (error) =>
      isKnownError(error) &&
      error.exitCode === 3 &&
      error.message === `You may not get pods/log in namespace "asdic".` &&
      /can-i get pods\/log/.test(error.hint ?? ""),
  );
});

test("who may not list pods is told so", async () => {
  const server = await startRun(({ path }) => (path.endsWith("/pods") ? 403 : undefined));
  await assert.rejects(startPrinting(server).ended, { message: `You may not list pods in namespace "asdic".` });
});

test("a container that can't be read is said once with its reason, and the rest is printed", async () => {
  const server = await startRun();
  const waiting = (name: string, reason: string, message = "") => ({ name, restartCount: 0, state: { waiting: { reason, message } } });
  server.setStatus("smoke-x", {
    phase: "Pending",
    initContainerStatuses: [{ name: "prepare", restartCount: 0, state: { terminated: { exitCode: 0, reason: "Completed" } } }],
    containerStatuses: [waiting("smoke", "ImagePullBackOff", "Back-off pulling image \u001b[31mx"), waiting("sonobuoy-worker", "PodInitializing")],
  });
  server.setStatus("node-facts-a", {
    phase: "Pending",
    conditions: [{ type: "PodScheduled", status: "False", reason: "Unschedulable", message: "0/3 nodes are available" }],
  });
  server.refuseNext("node-facts-b/node-facts", { status: 500, message: "dial tcp 10.0.0.9:10250: connect: no route to host" });
  const printing = startPrinting(server);
  await printing.ended;
  assert.deepEqual(bare(printing.out()), ["started", "launched", "ready"]);
  assert.equal(
    printing.err(),
    `smoke smoke (pod smoke-x) has no log: ImagePullBackOff: Back-off pulling image \\u{1b}[31mx
smoke sonobuoy-worker (pod smoke-x) has no log: PodInitializing
node-facts/worker-1 node-facts (pod node-facts-a) has no log: Unschedulable: 0/3 nodes are available
node-facts/worker-1 sonobuoy-worker (pod node-facts-a) has no log: Unschedulable: 0/3 nodes are available
The log of node-facts/worker-2 node-facts (pod node-facts-b) can't be read: dial tcp 10.0.0.9:10250: connect: no route to host
`,
  );
});

test("pods that are not there any more are said, with where their logs are", async () => {
  const server = await startRun();
  server.remove("/api/v1/namespaces/asdic/pods/smoke-x");
  const printing = startPrinting(server, { plugin: ["smoke", "node-facts"] });
  await printing.ended;
  assert.match(printing.err(), /^There are no pods of smoke now: [^\n]+asdic retrieve -n asdic`\.\n$/);
  const nowhere = startPrinting(server, { node: "worker-9" });
  await nowhere.ended;
  assert.equal(nowhere.err(), "The run has no pod on node worker-9 now, but on worker-1, worker-2.\n");
});

test("--previous prints the run before the last restart, of containers that had one", async () => {
  const server = await startRun();
  server.end("smoke-x/smoke");
  server.restart("smoke-x/smoke");
  server.write("smoke-x/smoke", ["03:05:00.000000000", "again"]);
  const printing = startPrinting(server, { previous: true });
  await printing.ended;
  assert.deepEqual(bare(printing.out()), ["one", "two", ""]);
  const none = startPrinting(server, { previous: true, plugin: ["aggregator"] });
  await none.ended;
  assert.match(none.err(), /^None of these containers has been restarted/);
});

test("what a log holds can't steer the terminal, and lines beyond 64 KiB are cut with a mark", async () => {
  const server = await startRun();
  server.write(
    "asdic-aggregator-1/aggregator",
    ["03:04:10.000000000", "\u001b[2J\u001b]0;title\u0007 \u0000 \r 50%\r"],
    ["03:04:10.000000000", "é".repeat(50_000)],
    ["03:04:11.000000000", "after"],
  );
  const printing = startPrinting(server, { plugin: ["aggregator"], tail: "3" });
  await printing.ended;
  const lines = bare(printing.out());
  assert.equal(lines[0], String.raw`\u{1b}[2J\u{1b}]0;title\u{7} \u{0} \u{d} 50%`);
  assert.equal(lines[1], `${"é".repeat(32_768)}… [cut: the line has 100000 bytes]`);
  assert.equal(lines[2], "after");
});

test("on a terminal each plugin has its colour, and long names leave room for the lines", async () => {
  const server = await startLogServer(["p".repeat(60)]);
  server.addPod({ name: "p", plugin: "p".repeat(60), node: `gke-${"n".repeat(200)}-x7f2`, containers: ["c".repeat(63)] });
  server.write(`p/${"c".repeat(63)}`, ["03:04:05.000000000", "hello"]);
  const printing = startPrinting(server, {}, { isTerminal: true });
  await printing.ended;
  const line = printing.out().trimEnd();
  assert.ok(line.startsWith("\u001b[36m"), JSON.stringify(line));
  const [prefix = ""] = stripVTControlCharacters(line).split("│");
  assert.ok(prefix.length <= 40, prefix);
  assert.match(prefix, /^pp+….*-x7f2 c+….*c $/);
});

test("a slow reader holds everything up: neither is more read than it takes, nor more kept", async () => {
  const server = await startRun();
  const line = "x".repeat(1000);
  for (let index = 0; index < 20_000; index++) server.write("asdic-aggregator-1/aggregator", ["03:04:10.000000000", line]);
  const gate = Promise.withResolvers<void>();
  const printing = startPrinting(server, { plugin: ["aggregator"] }, { taken: () => gate.promise });
  await printing.until("started");
  await sleep(200);
  assert.ok(printing.out().length < 300_000, `${printing.out().length} characters were printed that nobody took`);
  gate.resolve();
  await printing.ended;
  assert.equal(bare(printing.out()).length, 20_002);
});

test("Ctrl-C ends it, also while the reader takes nothing", async () => {
  const server = await startRun();
  const printing = startPrinting(server, {}, { taken: (signal) => sleep(60_000, undefined, { signal }) });
  await printing.until("started");
  printing.stop();
  await assert.rejects(printing.ended, { name: "AbortError" });
});
