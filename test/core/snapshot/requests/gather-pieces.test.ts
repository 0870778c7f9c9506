import assert from "node:assert/strict";
import { once } from "node:events";
import { PassThrough } from "node:stream";
import { buffer } from "node:stream/consumers";
import { test } from "node:test";
import { gatherPieces } from "../../../../core/snapshot/requests/gather-pieces.ts";

test("what comes in one turn is one piece, and nothing of it is lost", async () => {
  const body = new PassThrough();
  const pieces: string[] = [];
  const gathered = gatherPieces(body);
  for (const letter of ["a", "b", "c"]) {
    const next = once(gathered, "data");
    for (let piece = 0; piece < 40; piece++) body.write(letter.repeat(100));
    pieces.push(...(await next).map(String));
  }
  body.end("the end");
  pieces.push((await buffer(gathered)).toString());
  assert.deepEqual(pieces, ["a".repeat(4000), "b".repeat(4000), "c".repeat(4000), "the end"]);
});

test("whoever takes nothing holds the body back", async () => {
  const body = new PassThrough({ highWaterMark: 1000 });
  const gathered = gatherPieces(body);
  let written = 0;
  while (body.write(Buffer.alloc(500))) written += 500;
  await new Promise((done) => setTimeout(done, 5));
  assert.ok(written <= 2000 && body.writableNeedDrain);
  body.end();
  assert.equal((await buffer(gathered)).length, written + 500);
});

test("a body that fails fails whoever reads it, after what has come", async () => {
  const body = new PassThrough();
  const gathered = gatherPieces(body);
  body.write("some");
  setTimeout(() => body.destroy(new Error("gone")), 5);
  await assert.rejects(buffer(gathered), { message: "gone" });
});

test("a body is given up with whoever reads it", async () => {
  const body = new PassThrough();
  const gathered = gatherPieces(body);
  body.write("some");
  gathered.resume();
  const closed = once(body, "close");
  gathered.destroy();
  await closed;
  assert.ok(body.destroyed);
});
