import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, stat } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import os, { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

const entry = join(import.meta.dirname, "../../plugins/main.ts");

test("node-facts on this machine: done names the folder with both files, and the facts are this machine's", async () => {
  const worker = await startWorker();
  const { exitCode, resultsDir, done } = await runPlugin("node-facts", { SONOBUOY_PROGRESS_PORT: worker.port, NODE_NAME: "worker-1" });
  worker.close();
  assert.equal(exitCode, 0);
  assert.equal(done, join(resultsDir, "node-facts"));
  assert.deepEqual((await readdir(resultsDir)).toSorted(), ["done", "node-facts"]);
  assert.deepEqual((await readdir(done)).toSorted(), ["node-facts.json", "results.yaml"]);

  const { node, takenAt, facts, notEvaluated } = JSON.parse(await readFile(join(done, "node-facts.json"), "utf8"));
  assert.equal(node, "worker-1");
  assert.ok(Math.abs(Date.parse(takenAt) - Date.now()) < 60_000);
  assert.equal(facts.kernel.release, os.release());
  assert.equal(facts.kernel.architecture, os.machine());
  assert.ok(Math.abs(facts.kernel.uptimeSeconds - os.uptime()) < 60);
  assert.equal(facts.cpu.count, os.cpus().length);
  assert.equal(facts.memory.totalBytes, os.totalmem());
  assert.ok(facts["file-systems"].volumes.sizeBytes > facts["file-systems"].volumes.availableBytes);
  assert.equal(facts.clock.offsetMilliseconds, 5000);
  assert.match(facts.clock.failure, /clock is off by 5.0 s/);
  assert.deepEqual([...Object.keys(facts), ...Object.keys(notEvaluated)].toSorted(), [
    "cgroup",
    "clock",
    "conntrack",
    "cpu",
    "entropy",
    "file-systems",
    "kernel",
    "memory",
    "pressure",
  ]);
});

test("a program that can't run still leaves a result: failed, with the reason, and exit 0", async () => {
  const { exitCode, done } = await runPlugin("smoke", {});
  assert.equal(exitCode, 0);
  const junit = await readFile(join(done, "junit.xml"), "utf8");
  assert.match(junit, /<error message="smoke runs in a pod that asdic starts; its environment lacks ASDIC_NAMESPACE, /);
  assert.match(junit, /errors="1"/);
});

test("an unknown program is refused with what there is, and leaves no done file", async () => {
  const { exitCode, resultsDir, errors } = await runPlugin("nonsense", {});
  assert.equal(exitCode, 2);
  assert.match(errors, /There is no program "nonsense"; there are node-facts, smoke, /);
  await assert.rejects(stat(join(resultsDir, "done")));
});

async function runPlugin(name: string, environment: Record<string, string>) {
  const resultsDir = await mkdtemp(join(tmpdir(), "asdic-plugin-"));
  const child = spawn(process.execPath, [entry, name], {
    env: { PATH: process.env["PATH"], SONOBUOY_RESULTS_DIR: resultsDir, ...environment },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let errors = "";
  child.stderr.on("data", (chunk) => (errors += String(chunk)));
  const [exitCode] = await once(child, "exit");
  const done = await readFile(join(resultsDir, "done"), "utf8").catch(() => "");
  return { exitCode, resultsDir, done, errors };
}

/** What of a worker a plugin sees; its clock is five seconds ahead. */
async function startWorker(): Promise<{ readonly port: string; readonly close: () => void }> {
  const server = createServer((request: IncomingMessage, response) => {
    if (request.url !== "/clock") return response.writeHead(404).end();
    return response.end(JSON.stringify({ aggregatorTime: new Date(Date.now() + 5000).toISOString(), offsetMilliseconds: 5000, roundTripMilliseconds: 3 }));
  }).listen();
  await once(server, "listening");
  return { port: String((server.address() as AddressInfo).port), close: () => server.close() };
}
