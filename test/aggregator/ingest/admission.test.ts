import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { createAdmission } from "../../../aggregator/ingest/admission.ts";

/** Lets in twenty senders of so many bytes a second each and then one more; says after how many seconds that one is let in, if it is within five. */
async function waitBehind(bytesPerSecond: number | undefined): Promise<number | undefined> {
  const admit = createAdmission();
  const begun = performance.now();
  const end = Promise.withResolvers<void>();
  const all = Array.from({ length: 20 }, () =>
    admit(
      () => end.promise,
      () => bytesPerSecond && ((performance.now() - begun) / 1000) * bytesPerSecond,
    ),
  );
  const last = admit(
    async () => undefined,
    () => 0,
  ).then(() => (performance.now() - begun) / 1000);
  const waited = await Promise.race([last, sleep(5000)]);
  end.resolve();
  await Promise.all([...all, last]);
  return waited ?? undefined;
}

test("senders that trickle lose their places to others, sixteen at a time", async () => {
  const waited = await waitBehind(1000);
  assert.ok(waited !== undefined && waited < 5, `${waited} s`);
});

test("senders that get on keep their places", async () => assert.equal(await waitBehind(1_000_000), undefined));

test("those whose bytes are all here keep theirs", async () => assert.equal(await waitBehind(undefined), undefined));
