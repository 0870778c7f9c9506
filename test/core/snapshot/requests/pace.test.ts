import assert from "node:assert/strict";
import { test } from "node:test";
import { createPace } from "../../../../core/snapshot/requests/pace.ts";

test("two seconds' worth of requests begin at once, and others wait for their turn until they are given up", async () => {
  const pace = createPace(5);
  const end = new AbortController();
  const waits = Array.from({ length: 12 }, () => pace(end.signal));
  assert.deepEqual(
    await Promise.all(waits.slice(0, 10)),
    Array.from({ length: 10 }, () => 0),
  );
  assert.ok(((await waits[10]) ?? 0) > 0);
  end.abort(new Error("enough"));
  await assert.rejects(pace(end.signal), { message: "enough" });
  await waits[11]?.catch(() => undefined);
});
