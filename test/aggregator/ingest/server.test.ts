import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { text as readText } from "node:stream/consumers";
import { after, before, beforeEach, describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { pack } from "tar-stream";
import { createGate } from "../../../aggregator/ingest/gate.ts";
import { createExpectedResults } from "../../../aggregator/state/expected-results.ts";
import { openUpload } from "../../../aggregator/store/open-upload.ts";
import type { Door, Sent } from "./door.ts";
import { openDoor } from "./door.ts";

describe("the aggregator's door", () => {
  let results = createExpectedResults(() => new Date());
  let door: Door;
  let open: Door["open"];
  let send: Door["send"];
  let folder: string;
  before(async () => {
    // The set is replaced for each test; the door looks it up afresh.
    door = await openDoor(() => ({ results, gate: createGate(), isSealed: false }));
    ({ open, send, folder } = door);
  });
  after(() => door.close());
  beforeEach(() => {
    results = createExpectedResults(() => new Date());
    results.expect("p", "n1");
    results.expect("p", "n2");
  });

  const own = { authorization: "Bearer pod-n1", "content-disposition": "attachment;filename=a.txt", "content-type": "text/plain" };
  const path = "/api/v1/results/by-node/n1/p";
  const digest = (body: string | Buffer): string => createHash("sha256").update(body).digest("hex");

  it("takes a result, and has its bytes on disk and in the journal when it says 200", async () => {
    const { status } = await send({ path, headers: { ...own, "transfer-encoding": "chunked" }, body: "hello", trailer: digest("hello") });
    assert.equal(status, 200);
    const upload = results.find("p", "n1")?.upload;
    assert.equal(await readText(openUpload(upload ?? assert.fail(), folder)), "hello");
    assert.match(await readFile(join(folder, "journal.ndjson"), "utf8"), new RegExp(`"sha256":"${digest("hello")}"`));
    assert.equal(results.find("p", "n1")?.state, "done");
  });

  it("says 200 again to the same bytes, 409 to others, and keeps one file", async () => {
    await send({ path, headers: own, body: "hello" });
    const files = (await readdir(folder)).length;
    assert.equal((await send({ path, headers: own, body: "hello" })).status, 200);
    assert.equal((await send({ path, headers: own, body: "other" })).status, 409);
    assert.equal((await readdir(folder)).length, files);
  });

  it("takes a real result in place of one that was given up as lost", async () => {
    const result = results.expect("p", "n1");
    results.update(result, { state: "lost", problem: { code: "node-not-ready", message: "m" } });
    assert.equal((await send({ path, headers: own, body: "late" })).status, 200);
    assert.deepEqual([result.state, result.problem], ["done", undefined]);
  });

  it("asks again for bytes that were damaged on the way", async () => {
    assert.equal((await send({ path, headers: { ...own, "transfer-encoding": "chunked" }, body: "hello", trailer: digest("jello") })).status, 503);
    assert.equal(results.find("p", "n1")?.upload, undefined);
  });

  const refused: readonly [string, number, Sent][] = [
    ["no token", 401, { path }],
    ["a wrong token", 401, { path, headers: { ...own, authorization: "Bearer nonsense" } }],
    ["a pod that no result is expected from", 403, { path, headers: { ...own, authorization: "Bearer pod-n9" } }],
    ["another node's result", 403, { path: "/api/v1/results/by-node/n2/p", headers: own }],
    ["an unknown node", 403, { path: "/api/v1/results/by-node/n9/p", headers: own }],
    ["an unknown plugin", 403, { path: "/api/v1/results/by-node/n1/q", headers: own }],
    ["a global result of a node's worker", 403, { path: "/api/v1/results/global/p", headers: own }],
    ["a path that climbs", 400, { path: "/api/v1/results/by-node/n1/..%2f..%2fetc", headers: own }],
    ["a file name that climbs", 422, { path, headers: { ...own, "content-disposition": 'attachment;filename="../../x"' } }],
    ["an announced size over the limit", 413, { path, headers: { ...own, "content-length": "9999999" } }],
    ["a body over the limit", 413, { path, headers: { ...own, "transfer-encoding": "chunked" }, body: Buffer.alloc(3 * 1024 * 1024) }],
    ["a pack that is none, for now", 503, { path, headers: { ...own, "content-type": "application/vnd.asdic.packed" }, body: "no pack" }],
    ["progress that is no JSON", 400, { method: "POST", path: "/api/v1/progress/by-node/n1/p", headers: own, body: "{" }],
    ["progress of another node", 403, { method: "POST", path: "/api/v1/progress/by-node/n2/p", headers: own, body: "{}" }],
    ["a person without the run token", 401, { method: "GET", path: "/asdic/v1/status" }],
    ["a person with a wrong run token", 401, { method: "GET", path: "/asdic/v1/status", headers: { "x-asdic-token": "wrong" } }],
    ["a tarball that isn't there yet", 404, { method: "GET", path: "/asdic/v1/tarball", headers: { "x-asdic-token": "right" } }],
  ];
  for (const [what, status, sent] of refused)
    it(`answers ${what} with ${status} and one sentence, and lives on`, async () => {
      const answer = await send(sent);
      assert.equal(answer.status, status, answer.body);
      assert.equal(typeof JSON.parse(answer.body).error, "string");
      assert.equal((await send({ method: "GET", path: "/healthz" })).status, 200);
    });

  it("gives people a status by pages, each with where the next one begins, and says when there is no such page", async () => {
    const ask = async (query: string) => {
      const { status, body } = await send({ method: "GET", path: `/asdic/v1/status${query}`, headers: { "x-asdic-token": "right" } });
      return { status, body: JSON.parse(body) };
    };
    const whole = (await ask("")).body;
    const first = (await ask("?limit=1")).body;
    assert.deepEqual([first.results, first.next], [whole.results.slice(0, 1), "p/n1"]);
    const second = (await ask(`?limit=5&after=${encodeURIComponent(first.next)}`)).body;
    assert.deepEqual([second.results, second.next], [whole.results.slice(1), undefined]);
    assert.equal((await ask("?after=p%2Fnobody")).status, 404);
  });

  it("refuses an archive whose entries climb, and says so in the result", async () => {
    const archive = pack();
    archive.entry({ name: "../../evil" }, "x");
    archive.finalize();
    const chunks: Buffer[] = [];
    for await (const chunk of archive) chunks.push(chunk as Buffer);
    const { status } = await send({ path, headers: { ...own, "content-type": "application/gzip" }, body: gzipSync(Buffer.concat(chunks)) });
    assert.equal(status, 400);
    assert.deepEqual([results.find("p", "n1")?.state, results.find("p", "n1")?.problem?.code], ["failed", "result-unreadable"]);
  });

  it("keeps a .gz that is no archive as the file it is", async () => {
    const body = gzipSync("just text");
    assert.equal(
      (await send({ path, headers: { ...own, "content-type": "application/gzip", "content-disposition": "attachment;filename=log.gz" }, body })).status,
      200,
    );
    assert.deepEqual([results.find("p", "n1")?.upload?.shape, results.find("p", "n1")?.upload?.name], ["file", "log.gz"]);
  });

  it("holds a poll until there is something to say", async () => {
    const result = results.expect("p", "n1");
    const answer = send({ method: "POST", path: "/asdic/v1/poll", headers: own, body: JSON.stringify({ state: "waiting", hold: true }) });
    results.update(result, { state: "running" });
    results.update(result, { collect: "ended" });
    assert.equal(JSON.parse((await answer).body).instruction, "collect");
  });

  it("marks what was collected after a failed exit as failed, and keeps it", async () => {
    const result = results.expect("p", "n1");
    results.update(result, { collect: "ended", cutShort: { code: "crashed", message: "The plugin ended with exit code 7" } });
    await send({ path, headers: { ...own, "x-asdic-collected": "true" }, body: "partial" });
    assert.deepEqual([result.state, result.problem?.code, result.upload?.size], ["failed", "crashed", 7]);
  });

  for (const state of ["lost", "failed", "timed-out"] as const)
    it(`takes a real result in place of one that was given up as ${state}`, async () => {
      const result = results.expect("p", "n1");
      results.update(result, { state, problem: { code: "node-not-ready", message: "The node is not ready" } });
      assert.equal((await send({ path, headers: own, body: "late" })).status, 200);
      assert.deepEqual([result.state, result.problem, result.upload?.size], ["done", undefined, 4]);
    });

  it("leaves a result that was given up as it is when its late upload breaks off", async () => {
    const result = results.expect("p", "n1");
    results.update(result, { state: "lost", problem: { code: "node-not-ready", message: "The node is not ready" } });
    const broken = open({ path, headers: { ...own, "content-length": "1000" } });
    broken.on("error", () => undefined);
    broken.write(Buffer.alloc(10));
    await new Promise((resolve) => setTimeout(resolve, 100));
    broken.destroy();
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.deepEqual([result.state, result.problem?.code], ["lost", "node-not-ready"]);
  });

  it("calls what is collected when the time is up timed out, whatever the plugin's exit", async () => {
    const result = results.expect("p", "n1");
    results.update(result, { timeUp: { of: "plugin", seconds: 90 }, collect: "timed-out" });
    await send({ path, headers: { ...own, "x-asdic-collected": "true" }, body: "partial" });
    assert.deepEqual([result.state, result.problem?.code, result.upload?.size], ["timed-out", "timed-out", 7]);
  });

  it("lets one stalled upload disturb no other", async () => {
    const body = Buffer.alloc(1000);
    const stalled = open({ path, headers: { ...own, "content-length": "1000" } });
    stalled.write(body.subarray(0, 10));
    assert.equal((await send({ path: "/api/v1/results/by-node/n2/p", headers: { ...own, authorization: "Bearer pod-n2" }, body: "quick" })).status, 200);
    stalled.destroy();
  });
});
