import assert from "node:assert/strict";
import { test } from "node:test";
import { KnownError } from "../../../core/contract/known-error.ts";
import type { Outcome } from "../../../plugins/junit.ts";
import type { SmokeCase } from "../../../plugins/smoke/run-case.ts";
import { CaseFailed, CaseSkipped, runCase } from "../../../plugins/smoke/run-case.ts";

const run = async (change: Partial<SmokeCase>, signal = new AbortController().signal): Promise<Outcome> =>
  (await runCase({ name: "case", needs: [], test: () => Promise.resolve("seen"), ...change }, signal)).outcome;

const rejected = (reason: unknown): Promise<never> => {
  const promise = Promise.reject(reason);
  promise.catch(() => undefined);
  return promise;
};

test("a case that works passes and keeps what it saw", async () => {
  const { outcome, output, name } = await runCase(
    { name: "exec", needs: [Promise.resolve()], test: () => Promise.resolve("seen") },
    new AbortController().signal,
  );
  assert.deepEqual({ outcome, output, name }, { outcome: { kind: "passed" }, output: "seen", name: "exec" });
});

test("a case whose need failed is skipped with the reason and not tried", async () => {
  let tried = false;
  const outcome = await run({
    needs: [Promise.resolve(), rejected(new CaseFailed("pod a did not start: waited 90 s", "evidence"))],
    test: () => {
      tried = true;
      return Promise.resolve("");
    },
  });
  assert.deepEqual(outcome, { kind: "skipped", message: "not tried, because pod a did not start: waited 90 s" });
  assert.equal(tried, false);
});

test("a failure carries its evidence, an error of the cluster its hint, a bug its stack", async () => {
  assert.deepEqual(await run({ test: () => rejected(new CaseFailed("it did not", "pod x: Pending")) }), {
    kind: "failure",
    message: "it did not",
    text: "it did not\n\npod x: Pending",
  });
  assert.deepEqual(await run({ test: () => rejected(new KnownError("cluster-refused", "may not create pods", { hint: "ask" })) }), {
    kind: "error",
    message: "may not create pods",
    text: "may not create pods\nask",
  });
  const bug = await run({ test: () => rejected(new TypeError("x is undefined")) });
  assert.ok(bug.kind === "error" && /TypeError: x is undefined\n\s+at /.test(bug.text));
});

test("what this cluster can't show is skipped, and so is everything that the end of the run cut off", async () => {
  assert.deepEqual(await run({ test: () => rejected(new CaseSkipped("only one schedulable node")) }), {
    kind: "skipped",
    message: "only one schedulable node",
  });
  const ended = AbortSignal.abort();
  const cut = { kind: "skipped", message: "the run was ended before this was over" };
  assert.deepEqual(await run({ test: () => rejected(new CaseFailed("a", "b")) }, ended), cut);
  assert.deepEqual(await run({ needs: [rejected(new Error("aborted"))] }, ended), cut);
});
