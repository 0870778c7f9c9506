import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { request } from "node:https";
import { join } from "node:path";
import { buffer as readBuffer } from "node:stream/consumers";
import { test } from "node:test";
import pLimit from "p-limit";
import { openJournal } from "../../../aggregator/ingest/journal.ts";
import { openSpool } from "../../../aggregator/ingest/spool.ts";
import { replayJournal } from "../../../aggregator/replay-journal.ts";
import { createExpectedResults } from "../../../aggregator/state/expected-results.ts";
import { openUpload } from "../../../aggregator/store/open-upload.ts";
import { serverName } from "../../../core/contract/names.ts";

const digest = (body: Buffer): string => createHash("sha256").update(body).digest("hex");

test("killed in the middle of hundreds of uploads, an aggregator leaves every one that it has acknowledged, whole", async (context) => {
  const child = fork(join(import.meta.dirname, "door-process.ts"));
  context.after(() => child.kill("SIGKILL"));
  const [{ folder, port, ca }] = await once(child, "message");
  context.after(() => rm(folder, { recursive: true, force: true }));
  const sizes = [10, 3000, 100_000, 900_000, 1_500_000];
  const acknowledged = new Map<string, string>();
  const send = async (node: string, body: Buffer): Promise<void> => {
    const headers = { authorization: `Bearer pod-${node}`, "content-disposition": "attachment;filename=a.bin" };
    const sent = request({
      host: "127.0.0.1",
      port,
      ca,
      servername: serverName,
      method: "PUT",
      path: `/api/v1/results/by-node/${node}/p`,
      headers,
      agent: false,
    });
    const answered = once(sent, "response").catch(() => []);
    sent.on("error", () => undefined).end(body);
    const [response] = await answered;
    if (response?.statusCode === 200) acknowledged.set(node, digest(body));
    if (acknowledged.size === 150) child.kill("SIGKILL");
  };
  const limit = pLimit(20);
  await Promise.all(Array.from({ length: 400 }, (_, index) => limit(() => send(`n${index}`, randomBytes(sizes[index % sizes.length] ?? 0)))));
  assert.ok(acknowledged.size >= 150 && acknowledged.size < 400, `${acknowledged.size} were acknowledged`);

  const results = createExpectedResults(() => new Date());
  replayJournal(await openJournal(join(folder, "journal.ndjson")), results);
  const uploads = [...results.all()].flatMap(({ upload }) => upload ?? []);
  await openSpool(folder, { accepted: uploads, maxBytes: 2 ** 24 });
  for (const [node, sha256] of acknowledged) assert.equal(results.find("p", node)?.upload?.sha256, sha256);
  for (const upload of uploads) assert.equal(digest(await readBuffer(openUpload(upload, folder))), upload.sha256);
});
