import { recordEvent } from "../../record-event.ts";
import type { KubeletContext } from "../kubelet-context.ts";
import { renderTime } from "../../../objects/render-time.ts";
import { enforceDeadline, enforceSizes } from "./enforce-limits.ts";
import { warn } from "../warn.ts";
import { createBell } from "./bell.ts";
import { finishDeletion } from "./finish-deletion.ts";
import type { PodEvent, PodHandle } from "./pod-handle.ts";
import type { PodRecord } from "./pod-record.ts";
import { isRunning } from "./pod-record.ts";
import type { Pod } from "./pod.ts";
import { syncPod } from "./sync-pod.ts";
import { terminatePod } from "./terminate-pod.ts";
import { writeStatus } from "./write-status.ts";

/** The one who works on a pod, from its coming to this node until nothing of it is left. */
export type PodWorker = {
  readonly handle: PodHandle;
  /** The pod as it is now; undefined when it has gone from the API server. */
  readonly update: (pod: Pod | undefined) => void;
  /** Ends it before its time: phase Failed, with this reason. */
  readonly evict: (reason: string, message: string) => void;
  readonly wake: () => void;
  /** Resolves when there is nothing more to do, or `signal` has aborted. */
  readonly done: Promise<void>;
};

export type WorkerOptions = {
  readonly context: KubeletContext;
  readonly record: PodRecord;
  readonly pod: Pod;
  /** Aborts when the node loses its power, or the kubelet ends. */
  readonly signal: AbortSignal;
  /** Resolves when the node is not frozen. */
  readonly whenOn: () => Promise<void>;
};

/** Begins to work on a pod. */
export function createPodWorker({ context, record, pod: first, signal, whenOn }: WorkerOptions): PodWorker {
  let newest = first;
  let isGone = false;
  const bell = createBell(signal);
  const handle: PodHandle = {
    context,
    record,
    pod: () => newest,
    sandbox: undefined,
    volumes: new Map(),
    signal,
    wake: bell.ring,
    isEnding: () => isGone || newest.metadata.deletionTimestamp !== undefined || record.ended !== undefined,
    tell: (event) => tell(handle, event),
  };
  const evict = (reason: string, message: string): void => {
    if (record.isOver || record.ended !== undefined) return;
    record.ended = { reason, message, isDisruption: true };
    handle.tell({ type: "Warning", reason, message });
    bell.ring();
  };
  const graceSeconds = (): number => {
    if (record.ended?.isDisruption === true) return 1;
    const asked = newest.metadata["deletionGracePeriodSeconds"];
    if (typeof asked === "number") return asked;
    return newest.spec.terminationGracePeriodSeconds ?? 30;
  };

  /** In how many milliseconds to look again; undefined when there is nothing more to do. */
  const look = async (mountDelay: number): Promise<number | undefined> => {
    if (record.isOver) return isGone || finishDeletion(context, newest) ? undefined : Infinity;
    const left = enforceDeadline(handle);
    let isOver = handle.isEnding();
    let lookAgain = Infinity;
    if (!isOver) {
      record.startTime ??= newest.status?.startTime ?? renderTime(context.clock.now());
      writeStatus(handle);
      const synced = await syncPod(handle, mountDelay);
      lookAgain = Math.min(synced.lookAgain ?? Infinity, left);
      isOver = synced.isOver || handle.isEnding();
      lookAgain = Math.min(lookAgain, await enforceSizes(handle, evict));
    }
    writeStatus(handle);
    if (!isOver) return lookAgain;
    await terminatePod(handle, graceSeconds);
    return 0;
  };

  const work = async (): Promise<void> => {
    const { first: firstDelay, last } = context.timing.mountBackOff;
    let mountDelay = firstDelay;
    for (;;) {
      await Promise.race([whenOn(), bell.ended]);
      if (signal.aborted) break;
      const delay = await look(mountDelay).catch((error: unknown) => {
        // A bug or a full disk must not end the other pods.
        warn(error);
        return context.timing.retry;
      });
      if (delay === undefined) break;
      if (handle.sandbox === undefined) mountDelay = Math.min(mountDelay * 2, last);
      await bell.heard(delay);
    }
    if (signal.aborted) await dropSandbox(handle);
  };

  return {
    handle,
    update(pod) {
      if (pod === undefined) isGone = true;
      else newest = pod;
      bell.ring();
    },
    evict,
    wake: bell.ring,
    done: work(),
  };
}

function tell({ context, record, pod, signal }: PodHandle, { container, type, reason, message }: PodEvent): void {
  if (signal.aborted || context.power() !== "on") return;
  const { api, clock, node } = context;
  const list = container?.kind === "main" ? "containers" : "initContainers";
  const fieldPath = container === undefined ? {} : { fieldPath: `spec.${list}{${container.container.name}}` };
  const about = { ...pod(), apiVersion: "v1", kind: "Pod", metadata: { ...pod().metadata, uid: record.uid } };
  recordEvent(api, clock, { about, ...fieldPath, type, reason, message, component: "kubelet", host: node.name });
}

/** Without power nothing is left to be asked: every process goes at once. */
async function dropSandbox(handle: PodHandle): Promise<void> {
  for (const record of handle.record.containers) if (isRunning(record)) record.runs.at(-1)?.process?.kill("SIGKILL");
  await handle.sandbox?.close().catch(() => undefined);
  handle.sandbox = undefined;
}
