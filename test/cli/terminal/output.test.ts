import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
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
  const closed = once(child, "close").catch(() => undefined);
  // It listens to signals before it prints.
  await once(child.stdout, "readable");
  await sleep(500);
  const exited = once(child, "exit");
  child.kill("SIGINT");
  await exited;
  child.stdout.destroy();
  await closed;
  assert.match(said, /^AbortError after \d{1,2}$/);
});

const look = `
  const { createOutput } = await import(${JSON.stringify(join(import.meta.dirname, "../../../cli/terminal/output.ts"))});
  const { colours, isTerminal } = createOutput(process, process.env);
  process.stdout.write(JSON.stringify([Boolean(isTerminal), colours]));
`;
const node = [process.execPath, "--input-type=module", "-e", look];
const quote = (word: string): string => `'${word.replaceAll("'", String.raw`'\''`)}'`;
const looks: readonly {
  readonly on: "a pipe" | "a terminal";
  readonly set: NodeJS.ProcessEnv;
  readonly expected: readonly [isTerminal: boolean, colours: boolean];
}[] = [
  { on: "a pipe", set: {}, expected: [false, false] },
  { on: "a pipe", set: { FORCE_COLOR: "1" }, expected: [false, true] },
  { on: "a pipe", set: { FORCE_COLOR: "1", NO_COLOR: "1" }, expected: [false, false] },
  { on: "a terminal", set: { TERM: "xterm-256color" }, expected: [true, true] },
  { on: "a terminal", set: { TERM: "xterm-256color", NO_COLOR: "1" }, expected: [true, false] },
  { on: "a terminal", set: { TERM: "xterm-256color", NO_COLOR: "" }, expected: [true, true] },
  { on: "a terminal", set: { TERM: "xterm-256color", FORCE_COLOR: "0" }, expected: [true, false] },
  { on: "a terminal", set: { TERM: "dumb" }, expected: [false, false] },
];
for (const { on, set, expected } of looks)
  test(`on ${on} with ${JSON.stringify(set)}, cursor and colours are ${expected.join(" and ")}`, (context) => {
    // Nothing else of the environment: Node also asks CI, COLORTERM, TMUX and more what a terminal can show.
    const env = { PATH: process.env["PATH"], ...set };
    const [command = "", ...args] = on === "a pipe" ? node : ["script", "-qec", node.map(quote).join(" "), "/dev/null"];
    const { stdout, error } = spawnSync(command, args, { env, encoding: "utf8" });
    if (error) return context.skip(`${command} is not installed`);
    // Node warns of NO_COLOR beside FORCE_COLOR, on the same terminal.
    assert.deepEqual(JSON.parse(/\[\w+,\w+\]/.exec(stdout)?.[0] ?? "null"), expected);
  });
