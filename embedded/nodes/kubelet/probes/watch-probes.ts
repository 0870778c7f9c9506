import type { RunningContainer } from "../../container.ts";
import { killContainer } from "../containers/kill-container.ts";
import { runHandler } from "../containers/run-handler.ts";
import type { PodHandle } from "../pods/pod-handle.ts";
import type { ContainerRecord, ContainerRun } from "../pods/pod-record.ts";
import type { Probe } from "../pods/pod.ts";
import { warn } from "../warn.ts";
import { aborted, wait } from "../wait.ts";

export type Probed = { readonly run: ContainerRun; readonly process: RunningContainer; readonly signal: AbortSignal };

/** Begins a running container's probes: what they find is in `run.started` and `run.ready`, and kills it where it must. They end with the container. */
export function watchProbes(handle: PodHandle, record: ContainerRecord, probed: Probed): void {
  const { startupProbe, readinessProbe, livenessProbe } = record.container;
  const { run } = probed;
  const begin = (): void => {
    run.started = true;
    run.ready = readinessProbe === undefined;
    handle.wake();
    if (readinessProbe !== undefined)
      void probeSafely(handle, record, {
        ...probed,
        probe: readinessProbe,
        name: "Readiness",
        onResult: (isSuccess) => {
          run.ready = isSuccess;
          handle.wake();
          return true;
        },
      });
    if (livenessProbe !== undefined)
      void probeSafely(handle, record, {
        ...probed,
        probe: livenessProbe,
        name: "Liveness",
        onResult: (isSuccess) => isSuccess || restart(handle, record, { probe: livenessProbe, name: "liveness" }),
      });
  };
  if (startupProbe === undefined) return begin();
  void probeSafely(handle, record, {
    ...probed,
    probe: startupProbe,
    name: "Startup",
    onResult: (isSuccess) => {
      if (!isSuccess) return restart(handle, record, { probe: startupProbe, name: "startup" });
      begin();
      return false;
    },
  });
}

function restart(handle: PodHandle, record: ContainerRecord, { probe, name }: { readonly probe: Probe; readonly name: string }): boolean {
  const graceSeconds = probe.terminationGracePeriodSeconds ?? handle.pod().spec.terminationGracePeriodSeconds ?? 30;
  killContainer(handle, record, { graceSeconds, message: `Container ${record.container.name} failed ${name} probe, will be restarted` }).catch(warn);
  return false;
}

type Often = Probed & {
  readonly probe: Probe;
  readonly name: string;
  /** Called when enough probes in a row agree on something new; false ends the probing. */
  readonly onResult: (isSuccess: boolean) => boolean;
};

/** A probe that goes wrong in an unforeseen way tells nothing any more. */
const probeSafely = (...given: Parameters<typeof probeOften>): Promise<void> => probeOften(...given).catch(warn);

async function probeOften(handle: PodHandle, record: ContainerRecord, { probe, name, run, process, signal, onResult }: Often): Promise<void> {
  const { second } = handle.context.timing;
  await wait((probe.initialDelaySeconds ?? 0) * second, signal);
  let inRow = 0;
  let last: boolean | undefined;
  let told: boolean | undefined;
  while (!signal.aborted && !run.isDying) {
    if (handle.context.power() === "on") {
      const result = await Promise.race([
        runHandler(probe, { handle, container: record.container, process, signal, timeout: (probe.timeoutSeconds ?? 1) * second }),
        aborted(signal).then(() => undefined),
      ]);
      if (result === undefined || signal.aborted) return;
      const { isSuccess, isUnknown, output } = result;
      if (!isSuccess && handle.context.power() === "on") {
        const verdict = isUnknown === true ? `${name} probe errored and resulted in unknown state` : `${name} probe failed`;
        handle.tell({ type: "Warning", reason: "Unhealthy", message: `${verdict}: ${output}`, container: record });
      }
      inRow = last === isSuccess ? inRow + 1 : 1;
      last = isSuccess;
      const enough = isSuccess ? (probe.successThreshold ?? 1) : (probe.failureThreshold ?? 3);
      if (isUnknown !== true && told !== isSuccess && inRow >= enough) {
        told = isSuccess;
        if (!onResult(isSuccess)) return;
      }
    }
    await wait((probe.periodSeconds ?? 10) * second, signal);
  }
}
