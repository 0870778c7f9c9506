import { findCondition } from "../../objects/conditions.ts";
import type { RunningContainer } from "../container.ts";
import { typeOf } from "../../objects/object-key.ts";
import type { KubeletContext } from "./kubelet-context.ts";
import { renewLease } from "./node/renew-lease.ts";
import { registerNode, reportNode } from "./node/report-node.ts";
import { evictForDisk } from "./pods/evict-for-disk.ts";
import { currentRun } from "./pods/pod-record.ts";
import type { NodePods } from "./pods/run-pods.ts";
import type { Power } from "./power.ts";

/** What can happen to a node. */
export type KubeletFaults = {
  /** Its power fails: every process is killed at once, nothing is told, nobody answers. Resolves when the processes are gone. */
  readonly lose: () => Promise<void>;
  /** It starts again after `lose`; pods become what they become after a reboot. */
  readonly start: () => Promise<void>;
  /** Everything on it stands still. */
  readonly freeze: () => void;
  readonly thaw: () => void;
  /** It runs on, but reaches no API server, and no API server reaches it. */
  readonly cut: () => void;
  readonly mend: () => void;
  /** Sends a signal to a running container's first process, "OOM" as a kernel without memory for it; false if there is none. */
  readonly killContainer: (podUid: string, container: string, signal: NodeJS.Signals | "OOM") => boolean;
  /** With a full disk it reports DiskPressure, evicts the pods that asked for nothing and takes no new ones. */
  readonly fillDisk: (full: boolean) => void;
};

export type FaultOptions = {
  readonly context: KubeletContext;
  readonly pods: NodePods;
  readonly power: Power;
  readonly setDiskFull: (isFull: boolean) => void;
  /** Aborts when the kubelet ends. */
  readonly signal: AbortSignal;
};

/** Starts a node, and all that can be done to it afterwards. */
export function createFaults({ context, pods, power, setDiskFull, signal }: FaultOptions): { readonly verbs: KubeletFaults; readonly boot: () => void } {
  let boots = 0;
  let current = new AbortController();

  const boot = (): void => {
    boots += 1;
    current = new AbortController();
    const running = AbortSignal.any([signal, current.signal]);
    if (running.aborted) return;
    power.set("on");
    registerNode(context, boots);
    renewLease(context);
    const timers = [setInterval(() => beat(context, boots), context.timing.lease), setInterval(() => reportNode(context, boots), context.timing.report)];
    for (const timer of timers) timer.unref();
    // Where the clock is put forward, a living node must not look as if it had been silent for all that time.
    context.clock.onMove?.(() => beat(context, boots), running);
    running.addEventListener("abort", () => timers.forEach((timer) => clearInterval(timer)), { once: true });
    pods.run(running, power.whenOn);
  };
  const resume = (): void => {
    power.set("on");
    beat(context, boots);
    for (const worker of pods.workers()) worker.wake();
  };
  const processes = (): readonly RunningContainer[] =>
    pods
      .workers()
      .flatMap(({ handle }) => handle.record.containers.flatMap((one) => (currentRun(one)?.ended === undefined ? (currentRun(one)?.process ?? []) : [])));
  const verbs: KubeletFaults = {
    async lose() {
      power.set("lost");
      current.abort();
      await pods.idle();
    },
    async start() {
      if (power.state() !== "lost") return;
      await pods.idle();
      if (power.state() === "lost" && !signal.aborted) boot();
    },
    freeze() {
      if (power.state() === "lost") return;
      power.set("frozen");
      for (const process of processes()) process.freeze();
    },
    thaw() {
      if (power.state() !== "frozen") return;
      for (const process of processes()) process.thaw();
      resume();
    },
    cut() {
      if (power.state() === "on") power.set("cut");
    },
    mend() {
      if (power.state() === "cut") resume();
    },
    killContainer(podUid, container, name) {
      const worker = pods.workers().find(({ handle }) => handle.record.uid === podUid);
      const run = worker?.handle.record.containers.find((one) => one.container.name === container)?.runs.at(-1);
      if (run?.process === undefined || run.ended !== undefined) return false;
      const { process } = run;
      run.isOutOfMemory = name === "OOM";
      process.kill(name === "OOM" ? "SIGKILL" : name);
      return true;
    },
    fillDisk(full) {
      setDiskFull(full);
      reportNode(context, boots);
      if (full) evictForDisk(context, pods.workers());
    },
  };
  return { verbs, boot };
}

/** A sign of life; a node that is thought dead says at once that it isn't. */
function beat(context: KubeletContext, boots: number): void {
  renewLease(context);
  const { api, node } = context;
  const stored = api.find({ type: typeOf(api, "v1", "Node"), namespace: "", name: node.name });
  if (stored !== undefined && findCondition(stored, "Ready")?.["status"] !== "True") reportNode(context, boots);
}
