import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, watch } from "node:fs";
import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { isolations } from "./open-bench.ts";

const parent = join(import.meta.dirname, "parent-process.ts");

for (const isolation of isolations)
  for (const end of ["SIGKILL", "SIGTERM"] as const)
    test(`${isolation}: nothing is left running or on disk when the parent ends by ${end}`, async (context) => {
      const folder = await mkdtemp(join(tmpdir(), "asdic-left-"));
      context.after(() => rm(folder, { recursive: true, force: true }));
      await endsWithParent({ command: [process.execPath, parent, folder, isolation], folder, end });
    });

test("a person without any rights can run containers, and leaves nothing either", { skip: canBecomeAnother() }, async (context) => {
  const folder = await mkdtemp(join(tmpdir(), "asdic-left-"));
  context.after(() => rm(folder, { recursive: true, force: true }));
  await chmod(folder, 0o777);
  await mkdir(join(folder, "home"));
  await endsWithParent({
    command: ["setpriv", "--reuid", "1000", "--regid", "1000", "--clear-groups", process.execPath, parent, folder, "user"],
    folder,
    end: "SIGKILL",
  });
});

/** Starts the parent, waits until its containers run, ends it, and looks for what remains. */
async function endsWithParent({
  command,
  folder,
  end,
}: {
  readonly command: readonly string[];
  readonly folder: string;
  readonly end: NodeJS.Signals;
}): Promise<void> {
  const [program = "", ...args] = command;
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, HOME: folder } });
  const exited = once(child, "exit");
  const [marker] = await Promise.race([once(createInterface(child.stdout), "line"), exited.then(() => ["the parent ended"])]);
  const text = String(marker);
  assert.ok(
    listCommands().some((line) => line.includes(text)),
    text,
  );
  child.kill(end);
  await exited;
  await untilGone(join(folder, "c"));
  const listLeft = (): readonly string[] => listCommands().filter((line) => line.includes(text));
  // A killed process is listed until the system has put it away.
  for (let tries = 0; tries < 600 && listLeft().length > 0; tries += 1) await sleep(50);
  assert.deepEqual(listLeft(), []);
}

async function untilGone(path: string): Promise<void> {
  const watcher = watch(join(path, ".."));
  try {
    while (existsSync(path)) await once(watcher, "change");
  } finally {
    watcher.close();
  }
}

/** Command lines of all processes that run. */
function listCommands(): readonly string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, "utf8");
      } catch {
        return "";
      }
    });
}

function canBecomeAnother(): string | false {
  return process.getuid?.() === 0 && isolations.includes("user") ? false : "only root can become another user";
}
