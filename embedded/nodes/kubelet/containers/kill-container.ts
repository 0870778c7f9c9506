import type { PodHandle } from "../pods/pod-handle.ts";
import type { ContainerRecord } from "../pods/pod-record.ts";
import { currentRun } from "../pods/pod-record.ts";
import { aborted, wait } from "../wait.ts";
import { runHandler } from "./run-handler.ts";

/** `graceSeconds` may be a function, because whoever deletes the pod may become less patient. */
export type Killing = { readonly graceSeconds: number | (() => number); readonly message?: string };

/** Ends a container: its hook, SIGTERM, and SIGKILL when the grace is over. Resolves when it has ended; does nothing where it is being killed already or not running. */
export async function killContainer(handle: PodHandle, record: ContainerRecord, { graceSeconds, message }: Killing): Promise<void> {
  const run = currentRun(record);
  const process = run?.process;
  if (run === undefined || process === undefined || run.ended !== undefined) return;
  if (run.isDying) return void (await Promise.race([process.ended, aborted(handle.signal)]));
  run.isDying = true;
  const { container } = record;
  handle.tell({ type: "Normal", reason: "Killing", message: message ?? `Stopping container ${container.name}`, container: record });
  const ended = new AbortController();
  void process.ended.then(() => ended.abort());
  const signal = AbortSignal.any([ended.signal, handle.signal]);
  const begun = performance.now();
  const remaining = (): number => {
    const seconds = typeof graceSeconds === "function" ? graceSeconds() : graceSeconds;
    return begun + Math.max(seconds, 1) * handle.context.timing.second - performance.now();
  };
  const hook = container.lifecycle?.preStop;
  if (hook !== undefined) {
    const result = await runHandler(hook, { handle, container, process, signal, timeout: remaining() });
    if (!result.isSuccess && !signal.aborted) handle.tell({ type: "Warning", reason: "FailedPreStopHook", message: "PreStopHook failed", container: record });
  }
  if (!signal.aborted) process.kill("SIGTERM");
  // Looked at again from time to time, because the grace can become shorter.
  while (!signal.aborted && remaining() > 0) await wait(Math.min(remaining(), lookAgain), signal);
  if (!signal.aborted) process.kill("SIGKILL");
  await Promise.race([process.ended, aborted(handle.signal)]);
}

const lookAgain = 250;
