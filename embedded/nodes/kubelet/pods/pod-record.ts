import type { Json } from "../../../../core/contract/json.ts";
import type { RunningContainer } from "../../container.ts";
import type { BackOff } from "../images/back-off.ts";
import { createBackOff } from "../images/back-off.ts";
import type { PullHistory } from "../images/ensure-image.ts";
import type { KubeletTiming } from "../kubelet-context.ts";
import type { TokenCache } from "../volumes/token-file.ts";
import type { Container, Pod } from "./pod.ts";
import { isSidecar } from "./pod.ts";

/** What a kubelet remembers of a pod, over a loss of the node too. Only the pod's own worker changes it. */
export type PodRecord = {
  readonly uid: string;
  readonly containers: readonly ContainerRecord[];
  readonly tokens: TokenCache;
  /** The address of the pod while it has one. */
  address: string | undefined;
  /** Whether what its containers share is there. */
  isOpen: boolean;
  /** How many times that was made. */
  sandboxes: number;
  startTime: string | undefined;
  /** Why it was ended before its time. */
  ended: { readonly reason: string; readonly message: string; readonly isDisruption: boolean } | undefined;
  /** The status that was written last, and as the API server stored it. */
  told: { readonly text: string; readonly stored: Json | undefined } | undefined;
  /** Nothing of it runs any more, and nothing will. */
  isOver: boolean;
};

export type ContainerRecord = {
  readonly container: Container;
  readonly kind: "init" | "sidecar" | "main";
  backOff: BackOff;
  readonly pull: PullHistory;
  /** Each try to start it; the newest last. At most two are kept. */
  runs: readonly ContainerRun[];
  attempts: number;
  /** Why it is not started. */
  waiting: { readonly reason: string; readonly message: string } | undefined;
  /** When it may be tried again, by performance.now(). */
  retryAt: number | undefined;
};

/** One process of a container: running while `ended` is missing. */
export type ContainerRun = {
  readonly id: string;
  readonly attempt: number;
  /** Which of the pod's sandboxes it ran in. */
  readonly sandbox: number;
  readonly startedAt: Date;
  readonly user: { readonly uid: number; readonly gid: number; readonly fsGroup: number | undefined };
  readonly logFile: string;
  process: RunningContainer | undefined;
  /** What its probes say. */
  started: boolean;
  ready: boolean;
  /** The kernel ends it because it wants more memory than there is. */
  isOutOfMemory: boolean;
  /** Being killed, so that it is killed once. */
  isDying: boolean;
  ended: EndedRun | undefined;
};

export type EndedRun = {
  readonly exitCode: number;
  readonly signal?: number | undefined;
  readonly reason: string;
  readonly message: string;
  readonly finishedAt: Date;
  /** By performance.now(), for back-off. */
  readonly at: number;
};

export function createPodRecord({ metadata, spec }: Pod, timing: KubeletTiming): PodRecord {
  const remember = (container: Container, kind: ContainerRecord["kind"]): ContainerRecord => ({
    container,
    kind,
    backOff: createBackOff(timing.crashBackOff),
    pull: { backOff: createBackOff(timing.imageBackOff), failedAt: undefined, message: "" },
    runs: [],
    attempts: 0,
    waiting: undefined,
    retryAt: undefined,
  });
  return {
    uid: metadata.uid,
    containers: [
      ...(spec.initContainers ?? []).map((container) => remember(container, isSidecar(container) ? "sidecar" : "init")),
      ...spec.containers.map((container) => remember(container, "main")),
    ],
    tokens: new Map(),
    address: undefined,
    isOpen: false,
    sandboxes: 0,
    startTime: undefined,
    ended: undefined,
    told: undefined,
    isOver: false,
  };
}

export const currentRun = ({ runs }: ContainerRecord): ContainerRun | undefined => runs.at(-1);

/** Whether a process of it lives. */
export const isRunning = (record: ContainerRecord): boolean => currentRun(record) !== undefined && currentRun(record)?.ended === undefined;
