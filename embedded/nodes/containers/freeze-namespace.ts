import { readdirSync, readlinkSync } from "node:fs";
import { signalProcess } from "./track-container.ts";

/** Stops every process in the PID namespace of `pid`, also those that are being started meanwhile. */
export function freezeNamespace(pid: number): void {
  const stopped = new Set<number>();
  for (;;) {
    const running = listNamespace(pid).filter((member) => !stopped.has(member));
    if (running.length === 0) return;
    for (const member of running) {
      stopped.add(member);
      signalProcess(member, "SIGSTOP");
    }
  }
}

export function thawNamespace(pid: number): void {
  for (const member of listNamespace(pid)) signalProcess(member, "SIGCONT");
}

function listNamespace(pid: number): readonly number[] {
  const wanted = readNamespace(pid);
  return wanted === undefined ? [] : listProcesses().filter((other) => readNamespace(other) === wanted);
}

const listProcesses = (): readonly number[] =>
  readdirSync("/proc")
    .map(Number)
    .filter((pid) => pid > 0);

function readNamespace(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/ns/pid`);
  } catch {
    return undefined;
  }
}
