import { createBackOff } from "../images/back-off.ts";
import type { KubeletContext } from "../kubelet-context.ts";
import type { PodRecord } from "./pod-record.ts";
import { currentRun } from "./pod-record.ts";

/** What a node knows after a reboot: of what ran, nothing but that it runs no more. containerd says of it exit code 255 and Unknown. */
export function forgetProcesses({ clock, timing }: KubeletContext, record: PodRecord): void {
  record.isOpen = false;
  record.address = undefined;
  for (const container of record.containers) {
    container.waiting = undefined;
    container.retryAt = undefined;
    container.backOff = createBackOff(timing.crashBackOff);
    const run = currentRun(container);
    if (run === undefined || run.ended !== undefined) continue;
    run.ended = { exitCode: 255, reason: "Unknown", message: "", finishedAt: clock.now(), at: performance.now() };
    run.ready = false;
    run.started = false;
  }
}
