import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { appendFile, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { openJournal } from "../../../aggregator/ingest/journal.ts";
import { replayJournal } from "../../../aggregator/replay-journal.ts";
import { createExpectedResults } from "../../../aggregator/state/expected-results.ts";

describe("the journal", () => {
  const folder = mkdtempSync(join(tmpdir(), "asdic-journal-"));
  after(() => rm(folder, { recursive: true }));
  const upload = { file: "f", shape: "file", name: "a.txt", size: 1, sha256: "00", announced: true } as const;
  const at = "2026-01-01T00:00:00.000Z";

  it("brings results and losses back after a restart, and drops a line that was cut off", async () => {
    const path = join(folder, "journal.ndjson");
    const journal = await openJournal(path);
    await journal.append({ type: "start", at });
    await Promise.all([
      journal.append({ type: "end", at, plugin: "p", node: "n1", state: "lost", problem: { code: "node-not-ready", message: "m" } }),
      journal.append({ type: "result", at, plugin: "p", node: "n2", upload, timedOut: false }),
    ]);
    await appendFile(path, '{"type":"result","at":"2026');
    const again = await openJournal(path);
    const results = createExpectedResults(() => new Date());
    assert.equal(replayJournal(again, results).startedAt?.toISOString(), at);
    assert.deepEqual([results.find("p", "n1")?.state, results.find("p", "n1")?.problem?.code], ["lost", "node-not-ready"]);
    assert.deepEqual([results.find("p", "n2")?.state, results.find("p", "n2")?.upload?.name], ["done", "a.txt"]);
    await again.append({ type: "result", at, plugin: "p", node: "n1", upload, timedOut: false });
    const lines = (await readFile(path, "utf8")).split("\n").filter(Boolean);
    assert.equal(lines.length, 4);
    assert.ok(lines.every((line) => JSON.parse(line) !== null));
  });

  it("takes a real result in place of a loss", async () => {
    const results = createExpectedResults(() => new Date());
    const journal = await openJournal(join(folder, "journal.ndjson"));
    replayJournal(journal, results);
    assert.equal(results.find("p", "n1")?.state, "done");
    assert.equal(results.find("p", "n1")?.problem, undefined);
  });
});
