/** What a pod's status says, read from raw JSON; missing parts are empty, because a status fills up over time. */
export type PodView = {
  readonly name: string;
  readonly uid: string;
  readonly nodeName: string | undefined;
  readonly phase: string;
  readonly reason: string | undefined;
  readonly message: string | undefined;
  readonly deleting: boolean;
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

function parseContainerView(status: unknown): ContainerView {
  const state = field(status, "state");
  const running = field(state, "running");
  const terminated = field(state, "terminated");
  const detail = terminated ?? field(state, "waiting");
  const exitCode = field(terminated, "exitCode");
  return {
    name: text(field(status, "name")),
    image: text(field(status, "image")),
    state: terminated !== undefined ? "terminated" : running !== undefined ? "running" : "waiting",
    reason: text(field(detail, "reason")),
    message: text(field(detail, "message")),
    exitCode: typeof exitCode === "number" ? exitCode : undefined,
  };
}

const field = (value: unknown, key: string): unknown => (typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined);
const text = (value: unknown): string => (typeof value === "string" ? value : "");
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
