import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

const program = `
  const { createOutput } = await import(${JSON.stringify(join(import.meta.dirname, "../../../cli/terminal/output.ts"))});
  const output = createOutput(process, {});
  const stop = new AbortController();
  process.on("SIGINT", () => stop.abort());
  for (let index = 0; index < 2000; index++) {
    output.out("x".repeat(10_000));
    try {
      await output.taken(stop.signal);
    } catch (error) {
      output.err(error.name + " after " + index);
      process.exit(0);
    }
  }
  output.err("all");
`;
const start = () => spawn(process.execPath, ["--input-type=module", "-e", program], { stdio: ["ignore", "pipe", "pipe"] });

test("who prints without end waits for a pipe that nobody reads, and goes on when it is read", async () => {
  const child = start();
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  await sleep(500);
  assert.equal(said, "");
  let bytes = 0;
  child.stdout.on("data", (chunk: Buffer) => (bytes += chunk.length));
  await once(child, "close");
  assert.deepEqual([said, bytes], ["all", 20_000_000]);
});

test("Ctrl-C ends that wait, long before all was printed", async () => {
  const child = start();
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  await sleep(500);
  child.kill("SIGINT");
  await once(child, "exit");
  child.stdout.destroy();
  await once(child, "close").catch(() => undefined);
  assert.match(said, /^AbortError after \d{1,2}$/);
});
