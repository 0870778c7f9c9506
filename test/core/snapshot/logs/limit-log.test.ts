import assert from "node:assert/strict";
import { test } from "node:test";
import { buffer } from "node:stream/consumers";
import { Readable } from "node:stream";
import { createBudget } from "../../../../core/snapshot/budget.ts";
import { limitLog } from "../../../../core/snapshot/logs/limit-log.ts";

async function limit(chunks: readonly string[], bytes: number, failure?: Error): Promise<readonly [string, number, string | undefined]> {
  async function* body(): AsyncGenerator<Buffer> {
    for (const chunk of chunks) yield await Promise.resolve(Buffer.from(chunk));
    if (failure) throw failure;
  }
  const budget = createBudget(6);
  const log = limitLog(body(), bytes, budget);
  const text = (await buffer(Readable.from(log.text))).toString("utf8");
  return [text, 6 - budget.left(), log.missing()];
}

test("a log that is small enough stays as it is", async () => {
  assert.deepEqual(await limit(["a\n", "b\n"], 4), ["a\nb\n", 4, undefined]);
  assert.deepEqual(await limit([], 4), ["", 0, undefined]);
});

test("a longer one says in a last line of its own that it was cut", async () => {
  assert.deepEqual(await limit(["abc", "de\n"], 4), ["abcd\n[asdic: this log goes on, and was cut here after 4 bytes]\n", 4, "the limit of 4 bytes a log"]);
  assert.deepEqual(await limit(["abc\n", "d"], 4), ["abc\n[asdic: this log goes on, and was cut here after 4 bytes]\n", 4, "the limit of 4 bytes a log"]);
});

test("what there is room for in all logs together cuts it too", async () => {
  assert.deepEqual(await limit(["abc", "defgh"], 9), ["abcdef\n[asdic: this log goes on, and was cut here after 6 bytes]\n", 6, "the limit of all logs' size"]);
});

test("one that breaks off is kept as far as it came", async () => {
  assert.deepEqual(await limit(["abc"], 9, new Error("the connection was cut off")), [
    "abc\n[asdic: this log broke off here: the connection was cut off]\n",
    3,
    "the connection broke off",
  ]);
  await assert.rejects(limit([], 9, new Error("nothing")), { message: "nothing" });
});
