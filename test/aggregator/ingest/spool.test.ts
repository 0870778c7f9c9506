import assert from "node:assert/strict";
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { appendFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { buffer as readBuffer } from "node:stream/consumers";
import { test } from "node:test";
import { createGate } from "../../../aggregator/ingest/gate.ts";
import { openJournal } from "../../../aggregator/ingest/journal.ts";
import { openSpool } from "../../../aggregator/ingest/spool.ts";
import { replayJournal } from "../../../aggregator/replay-journal.ts";
import { createExpectedResults } from "../../../aggregator/state/expected-results.ts";
import { openUpload } from "../../../aggregator/store/open-upload.ts";
import { itemsPath } from "../../../aggregator/store/process-result.ts";
import { openDoor } from "./door.ts";

const digest = (body: Buffer): string => createHash("sha256").update(body).digest("hex");
const send = { headers: { "content-disposition": "attachment;filename=a.bin" } };
const megabyte = 1024 * 1024;

test("small uploads lie behind each other in one file, larger ones in their own, and the next life reads them all", async (context) => {
  const results = createExpectedResults(() => new Date());
  const bodies = new Map<string, Buffer>();
  for (let index = 0; index < 40; index++) bodies.set(`n${index}`, randomBytes(index === 7 ? 1.5 * megabyte : index === 8 ? 0 : index * 5000));
  for (const node of bodies.keys()) results.expect("p", node);
  const door = await openDoor(() => ({ results, gate: createGate(), isSealed: false }), { maxBytes: 2 * megabyte });
  context.after(() => door.close());
  const sending = [...bodies].map(async ([node, body]) => {
    const path = `/api/v1/results/by-node/${node}/p`;
    return (await door.send({ path, headers: { ...send.headers, authorization: `Bearer pod-${node}` }, body })).status;
  });
  assert.deepEqual(new Set(await Promise.all(sending)), new Set([200]));
  const files = new Set([...results.all()].map(({ upload }) => upload?.file));
  assert.equal(files.size, 2);

  // What a crash leaves: bytes and a journal line that nobody was told of, files that were not accepted, and the part of an upload.
  const shared = results.find("p", "n1")?.upload ?? assert.fail();
  await appendFile(join(door.folder, shared.file), randomBytes(1000));
  await appendFile(join(door.folder, "journal.ndjson"), '{"type":"result","plugin":"p"');
  await writeFile(itemsPath(door.folder, shared), "[]");
  const part = `${digest(Buffer.from("p/n1")).slice(0, 32)}.part`;
  const [stray, strayItems] = [randomUUID(), `${randomUUID()}.items.json`];
  for (const name of [part, stray, strayItems]) await writeFile(join(door.folder, name), "x");
  const later = createExpectedResults(() => new Date());
  replayJournal(await openJournal(join(door.folder, "journal.ndjson")), later);
  const spool = await openSpool(door.folder, { accepted: [...later.all()].flatMap(({ upload }) => upload ?? []), maxBytes: megabyte });
  for (const [node, body] of bodies) {
    const upload = later.find("p", node)?.upload ?? assert.fail(node);
    assert.ok((await readBuffer(openUpload(upload, door.folder))).equals(body), node);
  }
  const left = await readdir(door.folder);
  assert.deepEqual([left.includes(stray), left.includes(strayItems), left.includes(part)], [false, false, true]);
  assert.ok(left.some((name) => itemsPath(door.folder, shared).endsWith(`/${name}`)));

  // New uploads don't touch the file of the life before.
  assert.notEqual(spool.shared.name, shared.file);
  assert.equal(await spool.shared.file.append([Buffer.from("new")]), 0);
});

test("while no memory is left, uploads go through files of their own, and are here all the same", async (context) => {
  const results = createExpectedResults(() => new Date());
  for (let index = 0; index < 60; index++) results.expect("p", `n${index}`);
  const door = await openDoor(() => ({ results, gate: createGate(), isSealed: false }));
  context.after(() => door.close());
  const body = randomBytes(0.9 * megabyte);
  // They stall with most of their bytes sent, each in the place of one that stalled before it.
  const stalled = Array.from({ length: 40 }, (_, index) => {
    const path = `/api/v1/results/by-node/n${index}/p`;
    const request = door.open({ path, headers: { ...send.headers, authorization: `Bearer pod-n${index}`, "content-length": String(body.length) } });
    request.write(body.subarray(0, body.length - 1));
    return request;
  });
  for (let index = 40; index < 60; index++) {
    const path = `/api/v1/results/by-node/n${index}/p`;
    assert.equal((await door.send({ path, headers: { ...send.headers, authorization: `Bearer pod-n${index}` }, body })).status, 200);
  }
  for (const request of stalled) {
    const answered = new Promise((resolve) => request.on("response", resolve));
    request.end(body.subarray(-1));
    await answered;
  }
  for (const { node, upload } of results.all()) assert.equal(upload?.sha256, digest(body), node);
});
