import { field, list, text } from "./field.ts";

/** What a pod's status says, read from raw JSON; missing parts are empty, because a status fills up over time. */
export type PodView = {
  readonly name: string;
  readonly uid: string;
  readonly nodeName: string | undefined;
  readonly phase: string;
  readonly reason: string | undefined;
  readonly message: string | undefined;
  readonly deleting: boolean;
  /** Seconds that a deletion gives it to end; undefined while nobody deletes it. */
  readonly deletionGraceSeconds: number | undefined;
  readonly startTime: string | undefined;
  readonly conditions: readonly { readonly type: string; readonly status: string; readonly reason: string; readonly message: string }[];
  readonly initContainers: readonly ContainerView[];
  readonly containers: readonly ContainerView[];
};

export type ContainerView = {
  readonly name: string;
  readonly image: string;
  readonly state: "waiting" | "running" | "terminated";
  readonly reason: string;
  readonly message: string;
  /** Only of a terminated container. */
  readonly exitCode: number | undefined;
  /** Whether its program has run at all; a container that the runtime could not start is terminated without. */
  readonly ran: boolean;
  readonly restarts: number;
  /** How its former run ended, where it has been restarted. */
  readonly last: { readonly exitCode: number; readonly reason: string; readonly message: string } | undefined;
};

/** A pod's raw JSON as a PodView. */
export function parsePodView(pod: unknown): PodView {
  const metadata = field(pod, "metadata");
  const status = field(pod, "status");
  return {
    name: text(field(metadata, "name")),
    uid: text(field(metadata, "uid")),
    nodeName: text(field(field(pod, "spec"), "nodeName")) || undefined,
    phase: text(field(status, "phase")) || "Pending",
    reason: text(field(status, "reason")) || undefined,
    message: text(field(status, "message")) || undefined,
    deleting: field(metadata, "deletionTimestamp") !== undefined,
    deletionGraceSeconds: number(field(metadata, "deletionGracePeriodSeconds")),
    startTime: text(field(status, "startTime")) || undefined,
    conditions: list(field(status, "conditions")).map((condition) => ({
      type: text(field(condition, "type")),
      status: text(field(condition, "status")),
      reason: text(field(condition, "reason")),
      message: text(field(condition, "message")),
    })),
    initContainers: list(field(status, "initContainerStatuses")).map(parseContainerView),
    containers: list(field(status, "containerStatuses")).map(parseContainerView),
  };
}

/** One of a pod's container statuses as a ContainerView. */
export function parseContainerView(status: unknown): ContainerView {
  const state = field(status, "state");
  const running = field(state, "running");
  const terminated = field(state, "terminated");
  const detail = terminated ?? field(state, "waiting");
  const last = field(status, "lastState", "terminated");
  const reason = text(field(detail, "reason"));
  return {
    name: text(field(status, "name")),
    image: text(field(status, "image")),
    state: terminated !== undefined ? "terminated" : running !== undefined ? "running" : "waiting",
    reason,
    message: text(field(detail, "message")),
    exitCode: number(field(terminated, "exitCode")),
    ran: running !== undefined || last !== undefined || (terminated !== undefined && !notStarted.includes(reason)),
    restarts: number(field(status, "restartCount")) ?? 0,
    last:
      last === undefined
        ? undefined
        : { exitCode: number(field(last, "exitCode")) ?? 0, reason: text(field(last, "reason")), message: text(field(last, "message")) },
  };
}

/** Reasons of containers that are terminated without ever having run. */
const notStarted = ["StartError", "ContainerCannotRun", "ContainerStatusUnknown"];

const number = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);
