import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";
import type { Readable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import type { Clock } from "../../clock.ts";
import type { RunningContainer } from "../container.ts";
import { writeContainerLog } from "./container-log.ts";

type Started = {
  readonly id: string;
  readonly child: ChildProcess;
  readonly outputs: { readonly stdout: Readable; readonly stderr: Readable };
  readonly logFile: string;
  readonly clock: Clock;
  /** Brings a signal to the container's first process. */
  readonly send: (signal: NodeJS.Signals) => void;
  readonly onEnd: () => void;
};

/** What a container that was started has apart from its kind: its log, its end, signals. */
export function trackContainer({
  id,
  child,
  outputs,
  logFile,
  clock,
  send,
  onEnd,
}: Started): Pick<RunningContainer, "id" | "ended" | "kill"> & { isEnded(): boolean } {
  const sent = new Set<number>();
  let isEnded = false;
  const log = writeContainerLog(outputs, logFile, clock);
  const follow = async (): Promise<Awaited<RunningContainer["ended"]>> => {
    const exitCode = await readExitCode(child);
    isEnded = true;
    const finishedAt = clock.now();
    onEnd();
    await Promise.race([log, wait(lingerMilliseconds, undefined, { ref: false })]);
    // Somebody outside the container holds its output open; what came until now is written.
    outputs.stdout.destroy();
    outputs.stderr.destroy();
    await log;
    const signal = exitCode - 128;
    return { exitCode, finishedAt, ...(sent.has(signal) ? { signal } : {}) };
  };
  return {
    id,
    ended: follow(),
    isEnded: () => isEnded,
    kill(signal) {
      if (isEnded) return;
      sent.add(constants.signals[signal]);
      send(signal);
    },
  };
}

/** 128 and the signal's number where a signal ended it, as shells and containerd count. */
export async function readExitCode(child: ChildProcess): Promise<number> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  return child.exitCode ?? 128 + (child.signalCode === null ? 0 : constants.signals[child.signalCode]);
}

/** Signals a process or, with a negative number, a group; one that is gone needs none. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error) || error.code !== "ESRCH") throw error;
  }
}

const lingerMilliseconds = 2000;
