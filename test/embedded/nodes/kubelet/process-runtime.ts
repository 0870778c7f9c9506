import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { appendFileSync } from "node:fs";
import { connect } from "node:net";
import { constants } from "node:os";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { randomBytes } from "node:crypto";
import type { ContainerRuntime, ContainerSpec, Image, PodSandbox, RunningContainer } from "../../../../embedded/nodes/container.ts";

/**
 * A small runtime for tests: real processes of this machine without namespaces. A container's mounted paths are replaced by where they lie, in commands and variables.
 * It runs busybox and its kin; anything else can't be pulled.
 */
export function createProcessRuntime(): ContainerRuntime {
  let pods = 0;
  return {
    findImage: (name) => (/^(?:[\w./:-]*\/)?busybox(?:$|:)/.test(name) ? buildImage(name) : undefined),
    openPod() {
      pods += 1;
      return Promise.resolve(openSandbox(`10.244.1.${pods + 1}`));
    },
  };
}

const buildImage = (name: string): Image => ({ name, entrypoint: [], command: ["sh"], user: 0, workingDir: "", env: { PATH: process.env["PATH"] ?? "" } });

function openSandbox(address: string): PodSandbox {
  const running = new Set<ChildProcess>();
  return {
    address,
    async start(spec, logFile) {
      const child = await startProcess(spec, spec.command);
      running.add(child);
      const written = [writeLog(child.stdout, "stdout", logFile), writeLog(child.stderr, "stderr", logFile)];
      return followProcess(child, { spec, written: Promise.all(written) });
    },
    async dial(port) {
      const socket = connect(port, "127.0.0.1");
      await once(socket, "connect");
      return socket;
    },
    close() {
      for (const child of running) signalAll(child, "SIGKILL");
      return Promise.resolve();
    },
  };
}

async function startProcess(spec: ContainerSpec, command: readonly string[]): Promise<ChildProcess & { readonly stdout: Readable; readonly stderr: Readable }> {
  const sources = new Map(spec.mounts.map(({ target, source }) => [target, source]));
  const targets = [...sources.keys()].toSorted((left, right) => right.length - left.length).map((target) => target.replaceAll(".", "\\."));
  const place = (text: string): string =>
    sources.size === 0 ? text : text.replaceAll(new RegExp(`(?:${targets.join("|")})(?![\\w.-])`, "g"), (target) => sources.get(target) ?? target);
  const [program = "", ...args] = command.map(place);
  const env = Object.fromEntries(Object.entries(spec.env).map(([name, value]) => [name, place(value)]));
  // Its own group, so that a whole container can be stopped.
  const child = spawn(program, args, { env, detached: true, stdio: ["pipe", "pipe", "pipe"] });
  await once(child, "spawn");
  child.stdin.on("error", () => undefined);
  return child;
}

function followProcess(child: ChildProcess, { spec, written }: { readonly spec: ContainerSpec; readonly written: Promise<unknown> }): RunningContainer {
  const exit = new Promise<readonly [number | null, NodeJS.Signals | null]>((resolve) => child.once("exit", (code, signal) => resolve([code, signal])));
  const ended = exit.then(async ([code, signal]) => {
    await written;
    const number = signal === null ? undefined : constants.signals[signal];
    return { exitCode: code ?? 128 + (number ?? 0), ...(number === undefined ? {} : { signal: number }), finishedAt: new Date() };
  });
  return {
    id: randomBytes(32).toString("hex"),
    ended,
    kill: (signal) => signalAll(child, signal),
    freeze: () => signalAll(child, "SIGSTOP"),
    thaw: () => signalAll(child, "SIGCONT"),
    async exec({ command, signal }) {
      const started = await startProcess(spec, command);
      signal.addEventListener("abort", () => signalAll(started, "SIGKILL"), { once: true });
      void exit.then(() => signalAll(started, "SIGKILL"));
      const exitCode = new Promise<number>((resolve) => started.once("close", (code) => resolve(code ?? 137)));
      if (started.stdin === null) throw new Error("no stdin");
      return { stdin: started.stdin, stdout: started.stdout, stderr: started.stderr, exitCode };
    },
  };
}

function signalAll(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, signal);
  } catch {
    // It has ended.
  }
}

async function writeLog(output: Readable, stream: string, logFile: string): Promise<void> {
  let rest = "";
  appendFileSync(logFile, "");
  const write = (line: string, tag: string): void => appendFileSync(logFile, `${new Date().toISOString().replace("Z", "000000Z")} ${stream} ${tag} ${line}\n`);
  for await (const chunk of output) {
    const lines = (rest + String(chunk)).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) write(line, "F");
  }
  if (rest !== "") write(rest, "P");
}
