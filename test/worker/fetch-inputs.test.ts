import assert from "node:assert/strict";
import { readdir, readFile, stat } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import { connect } from "node:net";
import { join } from "node:path";
import type { TestContext } from "node:test";
import test from "node:test";
import { pack } from "tar-stream";
import { fetchInputs } from "../../worker/fetch-inputs.ts";
import { relay } from "../../worker/relay.ts";
import { defaultTimings } from "../../worker/timings.ts";
import { tunnelAddress } from "../../worker/tunnel-address.ts";
import { findFreePort } from "../free-port.ts";
import { makeSettings } from "./start-worker.ts";
import { certificates } from "./test-aggregator.ts";
import { until } from "./until.ts";

type Answer = (request: IncomingMessage, response: ServerResponse, attempt: number) => void;
type Fetched = {
  readonly exitCode: number;
  readonly message: string;
  readonly folder: string;
  readonly lines: readonly string[];
  readonly asked: readonly string[];
};

/** Fetches from an aggregator that answers like this. */
async function fetch(
  context: TestContext,
  answer: Answer,
  { plugins = ["a"], terminated = new AbortController().signal, onlyByTunnel = false } = {},
): Promise<Fetched> {
  const asked: string[] = [];
  const server = createServer({ cert: certificates.cert, key: certificates.key }, (request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.authorization}`);
    answer(request, response, asked.length - 1);
  });
  const port = await findFreePort();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  context.after(() => {
    server.close();
    server.closeAllConnections();
  });
  // The first address leads nowhere, as a Service's does in a broken network.
  const urls = [`https://127.0.0.1:${await findFreePort()}`, ...(onlyByTunnel ? [] : [`https://127.0.0.1:${port}`])];
  const { settings } = await makeSettings(context, urls, { deadlineSeconds: 3 });
  const folder = join(settings.resultsDir, "../inputs");
  const lines: string[] = [];
  const timings = { ...defaultTimings, uploadBackOff: { baseMilliseconds: 5, maxMilliseconds: 20 }, connect: 1000, idle: 300 };
  const fetching = fetchInputs({ settings, timings, log: (_level, line) => void lines.push(line), terminated }, { plugins, folder });
  if (onlyByTunnel) {
    await until(() => lines.length > 1);
    const there = connect(port, "127.0.0.1");
    await relay({ address: tunnelAddress(settings), input: there, output: there });
  }
  return { ...(await fetching), folder, lines, asked };
}

const tar = (files: Readonly<Record<string, string>>) => {
  const archive = pack();
  for (const [name, content] of Object.entries(files)) archive.entry({ name }, content);
  archive.finalize();
  return archive;
};
const send = (response: ServerResponse, files: Readonly<Record<string, string>>): void => void tar(files).pipe(response);
const refuse = (response: ServerResponse, status: number, error: string): void => void response.writeHead(status).end(JSON.stringify({ error }));
const read = (folder: string, ...path: readonly string[]): Promise<string> => readFile(join(folder, ...path), "utf8");

test("results lie below plugin and node, readable for whoever the plugin runs as", async (context) => {
  const { exitCode, folder, asked } = await fetch(
    context,
    (request, response) => send(response, request.url?.endsWith("/a") ? { "n1/x.txt": "one", "n2/deep/y.txt": "two" } : { "global/z.txt": "three" }),
    { plugins: ["a", "my.plugin"] },
  );
  assert.equal(exitCode, 0);
  assert.deepEqual(
    [await read(folder, "a/n1/x.txt"), await read(folder, "a/n2/deep/y.txt"), await read(folder, "my.plugin/global/z.txt")],
    ["one", "two", "three"],
  );
  assert.deepEqual(asked, ["GET /asdic/v1/inputs/a Bearer first-token", "GET /asdic/v1/inputs/my.plugin Bearer first-token"]);
  assert.equal((await stat(join(folder, "a/n2/deep/y.txt"))).mode & 0o444, 0o444);
  assert.equal((await stat(join(folder, "a/n2/deep"))).mode & 0o555, 0o555);
});

test("where no address leads to the aggregator, all comes by the one connection that the aggregator makes", async (context) => {
  const { exitCode, folder, lines, asked } = await fetch(context, (request, response) => send(response, { "n1/x.txt": String(request.headers.host) }), {
    plugins: ["a", "b"],
    onlyByTunnel: true,
  });
  assert.equal(exitCode, 0, lines.join("\n"));
  assert.deepEqual(await Promise.all(["a", "b"].map((plugin) => read(folder, plugin, "n1/x.txt"))), ["asdic-exec", "asdic-exec"]);
  assert.equal(asked.length, 2);
});

test("a plugin that gave nothing has a folder all the same", async (context) => {
  const { exitCode, folder } = await fetch(context, (_request, response) => send(response, {}));
  assert.equal(exitCode, 0);
  assert.deepEqual(await readdir(join(folder, "a")), []);
});

test("what breaks off, stalls or is no tar is fetched anew, without what came of it before", async (context) => {
  const { exitCode, folder, asked } = await fetch(context, (_request, response, attempt) => {
    if (attempt === 0) return refuse(response, 503, "The results of plugin a are being gathered again; try again.");
    if (attempt === 3) return void response.end("no tar at all");
    if (attempt > 3) return send(response, { "n1/x.txt": "whole" });
    const archive = pack();
    archive.entry({ name: "n1/old.txt" }, "old");
    archive.entry({ name: "n1/x.txt", size: 1_000_000 }).write("x".repeat(10_000));
    archive.on("data", (chunk) => response.write(chunk));
    // The second try stalls, the first is cut off.
    if (attempt === 1) setTimeout(() => response.destroy(), 50);
  });
  assert.equal(exitCode, 0);
  assert.ok(asked.length >= 5, String(asked.length));
  assert.deepEqual([await readdir(join(folder, "a/n1")), await read(folder, "a/n1/x.txt")], [["x.txt"], "whole"]);
});

test("what the aggregator refuses for good ends it, with the aggregator's sentence", async (context) => {
  const { exitCode, message, asked } = await fetch(context, (_request, response) => refuse(response, 409, "There are no whole results of plugin a."));
  assert.equal(exitCode, 1);
  assert.equal(message, "the results of plugin a could not be fetched: the aggregator answers 409: There are no whole results of plugin a.");
  assert.equal(asked.length, 1);
});

test("a tar that leads out of its folder writes nothing there", async (context) => {
  const { exitCode, message, folder } = await fetch(context, (_request, response) => send(response, { "n1/../../../escaped.txt": "x" }));
  assert.equal(exitCode, 1);
  assert.match(message, /leads out of its folder/);
  await assert.rejects(stat(join(folder, "../escaped.txt")), /ENOENT/);
});

test("when the time is up it says what was the matter last", async (context) => {
  const started = performance.now();
  const { exitCode, message } = await fetch(context, (_request, response) => refuse(response, 503, "not yet"));
  assert.equal(exitCode, 1);
  assert.match(message, /could not be fetched: (?:the aggregator answers 503: not yet|connect ECONNREFUSED.*)$/);
  assert.ok(performance.now() - started < 5000);
});

test("SIGTERM ends it at once", async (context) => {
  const terminated = new AbortController();
  const started = performance.now();
  const { exitCode } = await fetch(context, () => terminated.abort(), { terminated: terminated.signal });
  assert.equal(exitCode, 1);
  assert.ok(performance.now() - started < 2000);
});
