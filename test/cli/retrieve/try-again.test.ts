import assert from "node:assert/strict";
import { test } from "node:test";
import { connectAggregator } from "../../../cli/aggregator-connection.ts";
import { tryAgain } from "../../../cli/retrieve/try-again.ts";
import { isKnownError } from "../../../core/contract/known-error.ts";
import { summary } from "../definitions.ts";
import { startRunServer } from "../run-server.ts";

/** Reads the aggregator's status through a proxy of the API server that answers so first. */
async function readThrough(first: readonly number[]): Promise<{ readonly result: Promise<unknown>; readonly tries: () => number }> {
  let tries = 0;
  const server = await startRunServer({ ...summary(), results: [] }, ({ path }) => (path.includes("/proxy/") ? first[tries++] : undefined));
  server.publish(summary());
  const { signal } = new AbortController();
  const connection = await connectAggregator(server.cluster, "asdic", signal);
  return { result: tryAgain(() => connection.readStatus(signal), { signal, pauses: [0, 0, 0] }), tries: () => tries };
}

test("an API server's proxy that can't reach the pod for a moment is asked again", async () => {
  const { result, tries } = await readThrough([503, 502]);
  assert.equal(((await result) as { runId: string }).runId, "abcd1234");
  assert.equal(tries(), 3);
});

test("one that can't for longer is told, with what to do", async () => {
  const { result, tries } = await readThrough([503, 503, 503, 503, 503]);
  await assert.rejects(result, (error) => isKnownError(error) && error.exitCode === 4 && /does not answer now/.test(error.message) && error.hint !== undefined);
  assert.equal(tries(), 4);
});

test("a refusal is told at once", async () => {
  const { result, tries } = await readThrough([403, 403]);
  await assert.rejects(result, (error) => isKnownError(error) && error.exitCode === 3);
  assert.equal(tries(), 1);
});

test("Ctrl-C ends the pause before the next try", async () => {
  const stop = new AbortController();
  const server = await startRunServer(undefined, ({ path }) => (path.includes("/proxy/") ? 503 : undefined));
  server.publish(summary());
  const connection = await connectAggregator(server.cluster, "asdic", stop.signal);
  const trying = tryAgain(() => connection.readStatus(stop.signal), { signal: stop.signal, pauses: [600] });
  setTimeout(() => stop.abort(), 200);
  await assert.rejects(trying, { name: "AbortError" });
});
