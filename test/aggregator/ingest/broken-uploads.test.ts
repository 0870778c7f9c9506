import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { readdir, stat, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import type { TestContext } from "node:test";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { createGate } from "../../../aggregator/ingest/gate.ts";
import type { ExpectedResult } from "../../../aggregator/state/expected-results.ts";
import { createExpectedResults } from "../../../aggregator/state/expected-results.ts";
import { readUpload } from "../../../aggregator/store/read-upload.ts";
import { startWorker } from "../../worker/start-worker.ts";
import type { TestWorker } from "../../worker/start-worker.ts";
import { until } from "../../worker/until.ts";
import type { Door } from "./door.ts";
import { openDoor } from "./door.ts";

const path = "/api/v1/results/by-node/n1/p";
const own = { authorization: "Bearer pod-n1", "content-disposition": "attachment;filename=a.bin" };
const digest = (body: Buffer): string => createHash("sha256").update(body).digest("hex");

async function open(context: TestContext) {
  const results = createExpectedResults(() => new Date());
  const result = results.expect("p", "n1");
  const door = await openDoor(() => ({ results, gate: createGate(), isSealed: false }));
  context.after(() => door.close());
  return { door, result };
}

/** The name and content of a result's only file. */
async function readOnly({ upload }: ExpectedResult, { folder }: Door): Promise<readonly [string, Buffer]> {
  const files: [string, Buffer][] = [];
  if (upload) for await (const { name, body } of readUpload(upload, folder)) files.push([name, await buffer(body)]);
  assert.equal(files.length, 1);
  return files[0] ?? assert.fail();
}

/** A way to the door on which each connection breaks once so many bytes have passed towards it; counts the connections. */
async function openBrittleWay(context: TestContext, { port }: Door, breakAfterBytes: number) {
  let connections = 0;
  const server = createServer((near) => {
    connections++;
    const far = connect(port, "127.0.0.1");
    let left = breakAfterBytes;
    const breakOff = (): void => {
      near.destroy();
      far.destroy();
    };
    for (const end of [near, far]) end.on("error", breakOff).on("close", breakOff);
    far.pipe(near);
    near.on("data", (chunk) => {
      // What comes behind the break would be garbage there.
      if (left <= 0) return;
      left -= chunk.length;
      // What has passed arrives before the break.
      if (left <= 0) far.write(chunk.subarray(0, chunk.length + left), () => setTimeout(breakOff, 20));
      else far.write(chunk);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  context.after(() => void server.close());
  return { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, connections: () => connections };
}

async function startSender(context: TestContext, door: Door, url: string): Promise<TestWorker> {
  const worker = await startWorker(context, [url], { settings: { ca: door.ca, plugin: "p", node: "n1" } });
  await writeFile(worker.settings.tokenFile, "pod-n1");
  return worker;
}

for (const breakAfterBytes of [20_000, 100_000, 300_000])
  test(`a file comes bit for bit over connections that break after ${breakAfterBytes} bytes, and none that has come is sent again`, async (context) => {
    const { door, result } = await open(context);
    const way = await openBrittleWay(context, door, breakAfterBytes);
    const worker = await startSender(context, door, way.url);
    const content = randomBytes(Math.min(1_000_000, 20 * breakAfterBytes));
    await worker.write("a.bin", content);
    await worker.write("done", "a.bin");
    await until(() => result.upload !== undefined);
    assert.deepEqual(await readOnly(result, door), ["a.bin", content]);
    // A try is a question for what is there and the rest; polls come over connections of their own.
    assert.ok(way.connections() > content.length / breakAfterBytes, `${way.connections()} connections`);
    const sent = worker.lines.flatMap((line) => /sending a file from byte (\d+) on/.exec(line)?.[1] ?? []).map(Number);
    // A try may have brought nothing.
    assert.deepEqual(
      sent,
      sent.toSorted((one, other) => one - other),
    );
    assert.ok(new Set(sent).size > 1);
  });

test("a folder is packed anew for each try and goes on where it was", async (context) => {
  const { door, result } = await open(context);
  const way = await openBrittleWay(context, door, 150_000);
  const worker = await startSender(context, door, way.url);
  for (let index = 0; index < 20; index++) await worker.write(`${index}.bin`, randomBytes(30_000));
  await worker.write("done", ".");
  await until(() => result.upload !== undefined);
  assert.equal(result.upload?.shape, "packed");
  assert.ok(worker.lines.some((line) => /from byte \d+ on/.test(line)));
});

/** Sends the beginning of a result and lets the connection break, once more where it broke before all of that was read. */
async function sendBeginning(door: Door, bytes: Buffer): Promise<void> {
  for (let patience = 20; patience < 2000; patience *= 2) {
    const request = door.open({ path, headers: { ...own, "transfer-encoding": "chunked" } });
    request.write(bytes);
    await sleep(patience);
    request.destroy();
    for (let tries = 0; tries < 50; tries++) {
      const [part] = (await readdir(door.folder)).filter((name) => name.endsWith(".part"));
      if (part !== undefined && (await stat(join(door.folder, part))).size === bytes.length) return;
      await sleep(10);
    }
  }
  assert.fail("no part came");
}

test("the part that came is told with its digest, and only a body that goes on right behind it is taken", async (context) => {
  const { door, result } = await open(context);
  const content = randomBytes(50_000);
  await sendBeginning(door, content.subarray(0, 20_000));
  const told = await door.get({ method: "HEAD", path, headers: own });
  assert.deepEqual([told.headers["x-asdic-offset"], told.headers["x-asdic-part-sha256"]], ["20000", digest(content.subarray(0, 20_000))]);
  const wrong = await door.send({ path, headers: { ...own, "x-asdic-offset": "19999" }, body: content.subarray(19_999) });
  assert.equal(wrong.status, 412, wrong.body);
  assert.equal((await door.send({ path, headers: { ...own, "x-asdic-offset": "x" }, body: "" })).status, 400);
  const right = { ...own, "x-asdic-offset": "20000", "transfer-encoding": "chunked" };
  assert.equal((await door.send({ path, headers: right, body: content.subarray(20_000), trailer: digest(content) })).status, 200);
  assert.equal(result.upload?.sha256, digest(content));
  assert.equal((await readdir(door.folder)).filter((name) => name.endsWith(".part")).length, 0);
});

test("a rest that does not fit the part is refused for now, and then everything is sent again", async (context) => {
  const { door, result } = await open(context);
  const content = randomBytes(50_000);
  await sendBeginning(door, randomBytes(20_000));
  const headers = { ...own, "x-asdic-offset": "20000", "transfer-encoding": "chunked" };
  assert.equal((await door.send({ path, headers, body: content.subarray(20_000), trailer: digest(content) })).status, 503);
  assert.equal((await door.get({ method: "HEAD", path, headers: own })).headers["x-asdic-offset"], "0");
  assert.equal((await door.send({ path, headers: own, body: content })).status, 200);
  assert.equal(result.upload?.sha256, digest(content));
});

test("part and rest together are held to the limit", async (context) => {
  const { door, result } = await open(context);
  await sendBeginning(door, Buffer.alloc(600_000));
  const headers = { ...own, "x-asdic-offset": "600000", "transfer-encoding": "chunked" };
  assert.equal((await door.send({ path, headers, body: Buffer.alloc(600_000) })).status, 413);
  assert.equal(result.problem?.code, "result-too-large");
});
