import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { test } from "node:test";
import { createGate } from "../../../aggregator/ingest/gate.ts";
import type { JournalLine } from "../../../aggregator/ingest/journal.ts";
import { createExpectedResults } from "../../../aggregator/state/expected-results.ts";
import { runStatusSchema } from "../../../core/contract/run-status.ts";
import { wirePaths } from "../../../core/contract/worker-wire.ts";
import { playCases } from "../../play-cases.ts";
import { openRawConnections } from "../../raw-connections.ts";
import { dialDoor } from "./dial-door.ts";
import { openDoor } from "./door.ts";
import { drawRequest } from "./hostile-requests.ts";

/** Whether an answer is one that is given only to who may speak, at a path that exists, with headers that are understood. */
const isPast = (status: number, text: string): boolean =>
  [200, 409, 412, 413, 503].includes(status) || /archive can't be taken|is not JSON|is not understood/.test(text);

test("10,000 uploads and other requests are answered or closed, leave nothing outside of the spool, and what was accepted is as it came", async (context) => {
  const root = await mkdtemp(join(tmpdir(), "asdic-hostile-uploads-"));
  const results = createExpectedResults(() => new Date());
  await mkdir(join(root, "in"));
  process.env["TMPDIR"] = join(root, "in");
  const door = await openDoor(() => ({ results, gate: createGate(), isSealed: false }));
  const connections = openRawConnections(dialDoor(door));
  context.after(async () => {
    connections.close();
    await door.close();
    await rm(root, { recursive: true });
  });
  const answers = new Map<number, number>();

  const checkDoor = async (): Promise<void> => {
    results.expect("p", "good");
    const path = wirePaths.result("p", "good");
    const headers = { authorization: "Bearer pod-good", "content-disposition": "attachment;filename=a.txt" };
    assert.deepEqual(await door.send({ path, headers, body: "good" }), { status: 200, body: '{"status":"ok"}' });
    const status = await door.send({ method: "GET", path: wirePaths.status, headers: { "x-asdic-token": "right" } });
    assert.ok(runStatusSchema.safeParse(JSON.parse(status.body)).success);
    assert.deepEqual([await readdir(root), await readdir(join(root, "in"))], [["in"], [basename(door.folder)]]);
    const entries = await readdir(door.folder, { withFileTypes: true });
    assert.ok(entries.every((entry) => entry.isFile() && !entry.name.includes("evil")));
  };

  await playCases(context, {
    count: 10_000,
    atOnce: 8,
    play: async (random, index) => {
      // Some come for one result at once, so that they get in each other's way, and go on from each other's parts.
      const node = `n${Math.floor(index / 3)}`;
      results.expect("p", node);
      const { status, text } = await connections.send(drawRequest(random, { plugin: "p", node }));
      answers.set(status, (answers.get(status) ?? 0) + 1);
      return isPast(status, text);
    },
    check: checkDoor,
  });
  let accepted = 0;
  for (const line of (await readFile(join(door.folder, "journal.ndjson"), "utf8")).trimEnd().split("\n").map(parseLine))
    if (line.type === "result") {
      accepted++;
      const { file, size, offset = 0 }: Place = line.upload;
      const bytes = await readFile(join(door.folder, file));
      assert.equal(
        createHash("sha256")
          .update(bytes.subarray(offset, offset + size))
          .digest("hex"),
        line.upload.sha256,
        line.node,
      );
    }
  const told = [...answers].map(([status, count]) => `${count} × ${status === 0 ? "closed" : status}`).join(", ");
  const { maxRSS } = process.resourceUsage();
  context.diagnostic(`${told}; ${accepted} accepted; ${connections.opened()} connections; ${Math.round(maxRSS / 1024)} MB`);
  assert.ok(maxRSS < 600 * 1024, `${maxRSS} KiB`);
});

/** Where an upload lies: a file may hold several. */
type Place = { readonly file: string; readonly size: number; readonly offset?: number | undefined };

const parseLine = (line: string): JournalLine => JSON.parse(line) as JournalLine;
