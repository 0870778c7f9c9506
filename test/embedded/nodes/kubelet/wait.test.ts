import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { wait } from "../../../../embedded/nodes/kubelet/wait.ts";
import { createBell } from "../../../../embedded/nodes/kubelet/pods/bell.ts";

test("a wait whose time is over already ends at once, without a warning of Node's", async () => {
  const warnings: string[] = [];
  process.on("warning", ({ name }) => void warnings.push(name));
  const over = new AbortController();
  await wait(-0.5, over.signal);
  await createBell(over.signal).heard(-3);
  await wait(0, AbortSignal.abort());
  await sleep(20);
  assert.deepEqual(warnings, []);
});
