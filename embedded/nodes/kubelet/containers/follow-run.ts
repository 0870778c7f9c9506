import type { RunningContainer } from "../../container.ts";
import type { PodHandle } from "../pods/pod-handle.ts";
import type { ContainerRecord, ContainerRun } from "../pods/pod-record.ts";
import { watchProbes } from "../probes/watch-probes.ts";
import { warn } from "../warn.ts";
import { killContainer } from "./kill-container.ts";
import { runHandler } from "./run-handler.ts";
import { readTerminationMessage } from "./termination-message.ts";

export type Followed = {
  readonly run: ContainerRun;
  readonly process: RunningContainer;
  readonly files: { readonly logFile: string; readonly messageFile: string };
};

/** Sees to a process that was just started: its end is written down, its hook is run, its probes begin. Resolves when the hook is through. */
export async function followRun(handle: PodHandle, record: ContainerRecord, { run, process, files }: Followed): Promise<void> {
  const { container } = record;
  const ending = new AbortController();
  const signal = AbortSignal.any([ending.signal, handle.signal]);
  const writeEnd = async ({ exitCode, signal: number, finishedAt }: Awaited<RunningContainer["ended"]>): Promise<void> => {
    const message = await readTerminationMessage(container, { ...files, exitCode }).catch(() => "");
    ending.abort();
    // A node that lost its power does not know any more.
    if (handle.signal.aborted) return;
    const reason = exitCode === 0 ? "Completed" : run.isOutOfMemory ? "OOMKilled" : "Error";
    run.ended = { exitCode, signal: number, reason, message, finishedAt, at: performance.now() };
    run.ready = false;
    run.started = false;
    handle.wake();
  };
  process.ended.then(writeEnd).catch(warn);
  const hook = container.lifecycle?.postStart;
  if (hook !== undefined) {
    const result = await runHandler(hook, { handle, container, process, signal, timeout: undefined });
    if (!result.isSuccess && !signal.aborted) {
      handle.tell({ type: "Warning", reason: "FailedPostStartHook", message: "PostStartHook failed", container: record });
      await killContainer(handle, record, { graceSeconds: handle.pod().spec.terminationGracePeriodSeconds ?? 30, message: "FailedPostStartHook" });
      return;
    }
  }
  watchProbes(handle, record, { run, process, signal });
}
