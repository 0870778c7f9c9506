import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";

export const root = join(import.meta.dirname, "../../..");

/** For NODE_COMPILE_CACHE: compiling the sources is a third of what a process of the CLI takes. */
export const compiled = join(root, "node_modules/.cache/compiled");

/** Runs a shell on every node that never ends. */
export const shellsPlugin = join(root, "test/fixtures/embedded/plugins/shells.yaml");

/** A process of the CLI and what it has said so far. */
export type StartedCli = {
  readonly child: ChildProcess;
  readonly said: { readonly stdout: string; readonly stderr: string };
  /** Resolves when one of its outputs matches; rejects when it ends before. */
  untilSaid(pattern: RegExp): Promise<void>;
  /** Exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
};

/** Where a CLI runs: its folder, and the place of its temporary files, short enough for sockets. */
export type Place = { readonly cwd: string; readonly temporary: string };

/** Two new folders, gone after the test. */
export function makePlace(context: TestContext): Place {
  const folder = mkdtempSync("/tmp/ax-");
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  const place = { cwd: join(folder, "cwd"), temporary: join(folder, "t") };
  for (const path of Object.values(place)) mkdirSync(path);
  return place;
}

type Options = Place & {
  /** Argv before the arguments; left out: this Node.js and cli/main.ts. */
  readonly command?: readonly string[];
  readonly environment?: NodeJS.ProcessEnv;
};

/** Starts `asdic` with these arguments; ended with the test at the latest. */
export function startCli(
  context: TestContext,
  args: readonly string[],
  { cwd, temporary, command = [process.execPath, join(root, "cli/main.ts")], environment }: Options,
): StartedCli {
  const [program = "", ...rest] = command;
  const child = spawn(program, [...rest, ...args], {
    cwd,
    env: { PATH: process.env["PATH"], NODE_COMPILE_CACHE: compiled, HOME: cwd, NO_COLOR: "1", ...environment, TMPDIR: temporary },
    stdio: ["ignore", "pipe", "pipe"],
  });
  context.after(() => void child.kill("SIGKILL"));
  const said = { stdout: "", stderr: "" };
  const waiting = new Set<() => void>();
  for (const name of ["stdout", "stderr"] as const)
    child[name].setEncoding("utf8").on("data", (text: string) => {
      said[name] += text;
      for (const look of waiting) look();
    });
  const ended = new Promise<number | NodeJS.Signals | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve(code ?? signal));
  });
  return {
    child,
    said,
    ended,
    untilSaid: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (!pattern.test(said.stdout) && !pattern.test(said.stderr)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
        void ended.then((code) => reject(new Error(`it ended with ${String(code)} before it said ${String(pattern)}: ${said.stdout}${said.stderr}`)));
      }),
  };
}

/** Runs `asdic` to its end. */
export async function runCli(
  context: TestContext,
  args: readonly string[],
  options: Options,
): Promise<{ readonly code: unknown; readonly stdout: string; readonly stderr: string }> {
  const { said, ended } = startCli(context, args, options);
  const code = await ended;
  return { code, ...said };
}
