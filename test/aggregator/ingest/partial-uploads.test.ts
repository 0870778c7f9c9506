import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { test } from "node:test";
import { createPartialUploads } from "../../../aggregator/ingest/partial-uploads.ts";
import { createExpectedResults } from "../../../aggregator/state/expected-results.ts";

const results = createExpectedResults(() => new Date());
const [first, second, third] = [results.expect("p", "n1"), results.expect("p", "n2"), results.expect("q", "global")];

async function makeFolder(context: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "asdic-parts-"));
  context.after(() => rm(folder, { recursive: true }));
  return folder;
}

/** Leaves a part as an upload that broke off does. */
async function leave(partials: ReturnType<typeof createPartialUploads>, result: typeof first, bytes: Buffer): Promise<string> {
  const { path } = await partials.take(result);
  await writeFile(path, bytes);
  await partials.keep(result, { size: bytes.length, hash: createHash("sha256").update(bytes) });
  return path;
}

test("the next life of the aggregator finds what came in the one before", async (context) => {
  const folder = await makeFolder(context);
  const bytes = randomBytes(10_000);
  await leave(createPartialUploads(folder, 100_000), first, bytes);
  const part = await createPartialUploads(folder, 100_000).take(first);
  assert.equal(part.size, bytes.length);
  assert.equal(part.hash.digest("hex"), createHash("sha256").update(bytes).digest("hex"));
});

test("what waits for its rest takes no more than its room, and the oldest goes first", async (context) => {
  const folder = await makeFolder(context);
  const partials = createPartialUploads(folder, 25_000);
  for (const result of [first, second, third]) await leave(partials, result, randomBytes(10_000));
  assert.deepEqual(await Promise.all([first, second, third].map(async (result) => (await partials.take(result)).size)), [0, 10_000, 10_000]);
  assert.equal((await readdir(folder)).length, 2);
});

test("what nobody has come back for in an hour goes", async (context) => {
  const folder = await makeFolder(context);
  const path = await leave(createPartialUploads(folder, 100_000), first, randomBytes(10_000));
  const longAgo = new Date(Date.now() - 61 * 60 * 1000);
  await utimes(path, longAgo, longAgo);
  const partials = createPartialUploads(folder, 100_000);
  await leave(partials, second, randomBytes(10_000));
  assert.equal((await readdir(folder)).length, 1);
  assert.equal((await partials.take(first)).size, 0);
});

test("of uploads that come at once for one result, each is ended, and has ended, before the next writes", async (context) => {
  const partials = createPartialUploads(await makeFolder(context), 100_000);
  const writers = [1, 2, 3].map(() => ({ request: new IncomingMessage(new Socket()), end: Promise.withResolvers<void>() }));
  const steps: string[] = [];
  const taking = writers.map(async ({ request, end }, index) => {
    await partials.take(first, { request, writing: end.promise });
    steps.push(`${index} writes`);
  });
  await taking[0];
  for (const [index, { end }] of writers.entries()) {
    steps.push(`${index} has ended`);
    end.resolve();
    await taking[index + 1];
  }
  assert.deepEqual(steps, ["0 writes", "0 has ended", "1 writes", "1 has ended", "2 writes", "2 has ended"]);
  assert.deepEqual(
    writers.map(({ request }) => request.destroyed),
    [true, true, false],
  );
});
