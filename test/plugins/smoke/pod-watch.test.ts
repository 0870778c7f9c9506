import assert from "node:assert/strict";
import { test } from "node:test";
import type { WatchEvent } from "../../../core/cluster/cluster.ts";
import { WaitEnded, watchPods } from "../../../plugins/smoke/pod-watch.ts";

const pod = (name: string, phase: string) => ({ apiVersion: "v1", kind: "Pod", metadata: { name }, status: { phase } });
const running = (seen: { readonly phase: string }) => (seen.phase === "Running" ? seen.phase : undefined);

test("a wait ends as soon as its pod is as asked for, whatever others do", async () => {
  const { until, last } = watch(async function* () {
    yield { type: "set", object: pod("b", "Running") };
    yield { type: "synced" };
    yield { type: "set", object: pod("a", "Pending") };
    yield { type: "set", object: pod("a", "Running") };
  });
  assert.equal(await until("a", running, 60), "Running");
  assert.equal(await until("b", running, 60), "Running");
  assert.equal(last("c"), undefined);
});

test("a pod that is deleted, and a watch that breaks, end the wait with the reason", async () => {
  const deleted = watch(async function* () {
    yield { type: "set", object: pod("a", "Pending") };
    yield { type: "gone", object: pod("a", "Pending") };
  });
  await assert.rejects(deleted.until("a", running, 60), (error) => error instanceof WaitEnded && /deleted/.test(error.message));
  const broken = watch(async function* () {
    yield { type: "synced" };
    throw new Error("may not watch pods");
  });
  await assert.rejects(broken.until("a", running, 60), /may not watch pods/);
  // What comes later than the end must not wait for its limit.
  await assert.rejects(deleted.until("a", running, 60), /deleted/);
  await assert.rejects(broken.until("b", running, 60), /may not watch pods/);
});

test("a wait ends by its limit, or by the end of everything with that reason", async () => {
  const quiet = async function* (): AsyncGenerator<WatchEvent> {
    yield { type: "synced" };
  };
  await assert.rejects(watch(quiet).until("a", running, 0.01), (error) => error instanceof WaitEnded && error.message === "waited 0.01 s");
  const ending = new AbortController();
  const waiting = watch(quiet, ending.signal).until("a", running, 60);
  ending.abort(new Error("ended by SIGTERM"));
  await assert.rejects(waiting, /ended by SIGTERM/);
});

/** Watches a cluster in which exactly these things happen. */
function watch(events: () => AsyncGenerator<WatchEvent>, signal = new AbortController().signal) {
  return watchPods({ watch: events }, { namespace: "asdic", labelSelector: "a=b" }, signal);
}
