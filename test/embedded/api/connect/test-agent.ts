import { spawn } from "node:child_process";
import { connect } from "node:net";
import { constants } from "node:os";
import type { Duplex } from "node:stream";
import { PassThrough, Readable } from "node:stream";
import type { ExecOptions, LogOptions, NodeAgent, RunningCommand } from "../../../../embedded/nodes/node-agent.ts";
import { NodeUnreachable } from "../../../../embedded/nodes/node-agent.ts";

/** A node whose pods are processes and ports of this machine: commands are spawned, a pod's port is the same port on loopback. */
export type TestAgent = NodeAgent & {
  /** The log of every container; a follower stays when it has read it. */
  log: string;
  isLost: boolean;
  readonly asked: (Omit<LogOptions, "signal"> & { readonly signal: AbortSignal })[];
  /** Process ids of commands, in the order of their start. */
  readonly commands: number[];
};

export function createTestAgent(): TestAgent {
  const asked: LogOptions[] = [];
  const commands: number[] = [];
  const lost = (agent: TestAgent): Promise<never> | undefined =>
    agent.isLost ? Promise.reject(new NodeUnreachable("dial tcp 10.0.0.9:10250: connect: no route to host")) : undefined;
  const agent: TestAgent = {
    log: "one\ntwo\n",
    isLost: false,
    asked,
    commands,
    readLog(_pod, options) {
      asked.push(options);
      return lost(agent) ?? Promise.resolve(options.follow ? follow(agent.log, options.signal) : Readable.from([Buffer.from(agent.log)]));
    },
    exec: (_pod, options) => lost(agent) ?? start(options, commands),
    dial: (_pod, port) => lost(agent) ?? dialLoopback(port),
    fetch: (path) =>
      lost(agent) ??
      Promise.resolve(path === "/healthz" ? { status: 200, contentType: "text/plain", body: "ok" } : { status: 404, contentType: "text/plain", body: "no" }),
  };
  return agent;
}

/** Connects to a port of loopback; a refusal has its code. */
export function dialLoopback(port: number): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    socket.once("connect", () => resolve(socket)).once("error", reject);
  });
}

function follow(text: string, signal: AbortSignal): Readable {
  const log = new PassThrough();
  log.write(text);
  signal.addEventListener("abort", () => log.end());
  return log;
}

function start({ command: [program = "", ...words], signal }: ExecOptions, commands: number[]): Promise<RunningCommand> {
  const child = spawn(program, words, { stdio: "pipe" });
  const ended = new Promise<number>((resolve) => {
    child.once("close", (code, name) => resolve(code ?? 128 + constants.signals[name ?? "SIGKILL"]));
  });
  signal.addEventListener("abort", () => child.kill("SIGKILL"));
  return new Promise((resolve, reject) => {
    child.once("error", reject).once("spawn", () => {
      commands.push(child.pid ?? 0);
      resolve({ stdin: child.stdin, stdout: child.stdout, stderr: child.stderr, exitCode: ended });
    });
  });
}
