import assert from "node:assert/strict";
import { test } from "node:test";
import { buffer } from "node:stream/consumers";
import { Readable } from "node:stream";
import { limitLog } from "../../../../core/snapshot/logs/limit-log.ts";

async function limit(chunks: readonly string[], bytes: number, failure?: Error): Promise<readonly [string, number, boolean]> {
  async function* body(): AsyncGenerator<Buffer> {
    for (const chunk of chunks) yield await Promise.resolve(Buffer.from(chunk));
    if (failure) throw failure;
  }
  const log = limitLog(body(), bytes);
  const text = (await buffer(Readable.from(log.text))).toString("utf8");
  return [text, log.bytes(), log.isCut()];
}

test("a log that is small enough stays as it is", async () => {
  assert.deepEqual(await limit(["a\n", "b\n"], 4), ["a\nb\n", 4, false]);
  assert.deepEqual(await limit([], 4), ["", 0, false]);
});

test("a longer one says in a last line of its own that it was cut", async () => {
  assert.deepEqual(await limit(["abc", "de\n"], 4), ["abcd\n[asdic: this log goes on, and was cut here after 4 bytes]\n", 4, true]);
  assert.deepEqual(await limit(["abc\n", "d"], 4), ["abc\n[asdic: this log goes on, and was cut here after 4 bytes]\n", 4, true]);
});

test("one that breaks off is kept as far as it came", async () => {
  assert.deepEqual(await limit(["abc"], 9, new Error("the connection was cut off")), [
    "abc\n[asdic: this log broke off here: the connection was cut off]\n",
    3,
    true,
  ]);
  await assert.rejects(limit([], 9, new Error("nothing")), { message: "nothing" });
});
