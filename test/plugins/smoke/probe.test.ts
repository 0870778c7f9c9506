import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { probeName, probeUrl } from "../../../plugins/smoke/probe.ts";
import { parseProbePlan, parseProbeReport } from "../../../plugins/smoke/probe-plan.ts";
import { findFreePort } from "../../free-port.ts";

const entry = join(import.meta.dirname, "../../../plugins/main.ts");

test("the server program prints its token once it answers with it, and ends at SIGTERM with exit 0", async () => {
  const port = await findFreePort();
  const child = spawn(process.execPath, [entry, "smoke-server", String(port)], {
    env: { PATH: process.env["PATH"], ASDIC_SMOKE_TOKEN: "token-1" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [printed] = await once(child.stdout, "data");
  assert.equal(String(printed), "token-1\n");
  const probe = await probeUrl({ url: `http://localhost:${port}/`, token: "token-1" }, AbortSignal.timeout(5000));
  assert.deepEqual([probe.answer, probe.problem, probe.attempts], ["token-1", undefined, 1]);
  child.kill("SIGTERM");
  assert.deepEqual(await once(child, "exit"), [0, null]);
});

test("a server that comes up late, or answers with something else first, is asked until it gives the token", async () => {
  let asked = 0;
  const server = createServer((_, response) => response.end((asked += 1) < 3 ? "a captive portal" : "token")).listen();
  await once(server, "listening");
  const probe = await probeUrl({ url: `http://localhost:${(server.address() as AddressInfo).port}/`, token: "token" }, AbortSignal.timeout(5000));
  server.close();
  assert.deepEqual([probe.attempts, probe.problem], [3, undefined]);
});

test("when time is up the last problem is told, in the system's words", async () => {
  const port = await findFreePort();
  const probe = await probeUrl({ url: `http://127.0.0.1:${port}/`, token: "token" }, AbortSignal.timeout(400));
  assert.match(probe.problem ?? "", /ECONNREFUSED/);
  assert.ok(probe.attempts > 1);
});

test("a name counts as resolved only with the address that it must have", async () => {
  const limit = () => AbortSignal.timeout(300);
  assert.equal((await probeName({ name: "localhost" }, limit())).problem, undefined);
  assert.match((await probeName({ name: "localhost", address: "10.96.0.7" }, limit())).problem ?? "", /^resolved to .*, not to 10\.96\.0\.7$/);
});

test("a report fits a termination message and is read back; anything else is no report", () => {
  const probe = { target: `${"n".repeat(63)}.svc`, attempts: 200, milliseconds: 30_000, answer: "x".repeat(300), problem: "y".repeat(300) };
  const report = { names: [probe, probe], service: probe };
  const text = JSON.stringify(report);
  assert.ok(text.length < 4096);
  assert.deepEqual(parseProbeReport(text), report);
  for (const wrong of ["", "Error: out of memory", "{}", '{"names":[1],"service":{}}', text.slice(0, -1), "null"])
    assert.equal(parseProbeReport(wrong), undefined);
});

test("a plan that is none is refused", () => {
  for (const wrong of [undefined, "", "[]", "{}", '{"names":[1],"url":"u","token":"t","limitSeconds":1}']) assert.throws(() => parseProbePlan(wrong));
});
