import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { guardChange, guardJournal } from "../../../aggregator/redaction/guard-state.ts";
import { createGuard } from "../../../aggregator/redaction/guard.ts";
import type { JournalLine } from "../../../aggregator/ingest/journal.ts";
import { createExpectedResults } from "../../../aggregator/state/expected-results.ts";
import { createRedactor } from "../../../core/redaction/redactor.ts";
import type { Redactor } from "../../../core/redaction/redactor.ts";

const secret = "hunter2-Zq81mmX0";
const problem = {
  code: "crashed",
  message: `the container said: login with password=${secret}`,
  hint: "Look at its log.",
  evidence: { events: [{ message: `env DB_PASSWORD=${secret}` }], exitCode: 1 },
};
/** As rules that have a bug. */
const failing: Redactor = {
  ...createRedactor(),
  scan: () => {
    throw new Error(secret);
  },
};

describe("what the aggregator says of a result", () => {
  for (const [what, redactor] of [
    ["without its secrets", createRedactor()],
    ["not at all where rules fail", failing],
  ] as const)
    it(`goes into state and journal ${what}`, async () => {
      const guard = createGuard(redactor);
      const results = createExpectedResults(() => new Date(0), guardChange(guard));
      const result = results.expect("a", "global");
      results.update(result, { state: "running", problem, cutShort: problem, unreached: `token: ${secret}` });
      const lines: JournalLine[] = [];
      const journal = guardJournal({ past: [], append: async (line) => void lines.push(line) }, guard);
      await journal.append({ type: "end", at: "", plugin: "a", node: "global", state: "failed", problem });
      await journal.append({ type: "start", at: "now" });
      const all = JSON.stringify([result, lines]);
      assert.doesNotMatch(all, /hunter2/);
      assert.equal(result.problem?.code, "crashed");
      assert.equal(lines.length, 2);
      assert.ok(guard.tally.counts.size + guard.tally.dropped.length > 0);
      results.update(result, { problem: undefined });
      assert.equal(result.problem, undefined);
    });

  it("is a line of JSON of the log without what must not stay there", () => {
    const line = `${JSON.stringify({ time: "now", msg: "not watched", error: `https://bot:${secret}@api.example.test refused` })}\n`;
    const clean = createGuard(createRedactor()).json(line);
    assert.deepEqual([Object.keys(JSON.parse(clean) as object), clean.endsWith("\n"), clean.includes("hunter2")], [["time", "msg", "error"], true, false]);
    assert.doesNotMatch(createGuard(failing).json(line), /hunter2/);
    assert.equal(createGuard(undefined).json(line), line);
  });
});

it("what a plugin says of its progress loses its secrets, and no number", () => {
  const said = { completed: 3, total: 9, msg: `with password=${secret}`, errors: [`token: ${secret}`], appendfailing: ["a test"] };
  const guard = createGuard(createRedactor());
  const told = guard.progress(said);
  assert.doesNotMatch(JSON.stringify(told), /hunter2/);
  assert.deepEqual([told.completed, told.total, told.appendfailing, guard.tally.counts.size > 0], [3, 9, ["a test"], true]);
  assert.deepEqual(createGuard(failing).progress({ completed: 1, msg: secret }), {
    completed: 1,
    msg: "left out, because it could not be searched for secrets",
  });
});
