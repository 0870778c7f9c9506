import type { EventView } from "../../core/kubernetes/event-view.ts";
import type { NodeView } from "../../core/kubernetes/node-view.ts";
import type { ContainerView, PodView } from "../../core/kubernetes/pod-view.ts";

/** A way in which a result can fail to come: what it matches, how long it must last, and what the person can do. */
export type Cause = {
  readonly code: string;
  /** Seconds that the match must last before it ends the result; it is shown from the first moment. */
  readonly graceSeconds: number | ((sight: Sight) => number);
  /** Seconds before it is shown, where a result that is on its way may well make it untrue. */
  readonly hiddenSeconds?: number;
  /** failed: the plugin could not run or did not deliver; lost: the place where it ran is gone. */
  readonly ends: "failed" | "lost" | "timed-out";
  /** Whether what the worker collects without a done file is then only a part of what there should have been. */
  readonly cutsShort?: true;
  match(sight: Sight): Match | undefined;
};

/** What is seen of one expected result at one moment. */
export type Sight = {
  readonly plugin: string;
  readonly namespace: string;
  /** The last known pod; undefined before it was made. */
  readonly pod: PodView | undefined;
  /** Whether the pod has gone from the API server. */
  readonly podGone: boolean;
  /** The node on which the pod is, or is to be; undefined where it is not known. */
  readonly node: NodeView | undefined;
  readonly nodeGone: boolean;
  readonly namespaceGoing: boolean;
  /** The latest events about the pod and its Job, oldest first. */
  readonly events: readonly EventView[];
  /** What the API server said when it refused the pod or Job. */
  readonly refusal: Refusal | undefined;
  /** What became of an upload that was not what was expected. */
  readonly delivery: Delivery | undefined;
  readonly timeUp: TimeUp | undefined;
  /** Why there is no way between aggregator and worker, where neither has come to the other. */
  readonly unreached: string | undefined;
  readonly workerContainer: string;
  readonly pluginContainer: string;
};

/** The API server's refusal: its HTTP status, 0 where it is told by an event, and its words. */
export type Refusal = { readonly status: number; readonly reason: string; readonly message: string };

/** refused: by the aggregator, with this HTTP status; the others are what the worker or the reading of its files says. */
export type Delivery =
  | { readonly kind: "refused"; readonly status: number; readonly message: string }
  | { readonly kind: "missing" | "unreadable"; readonly message: string };

/** Whose time is up, how long it was, what had kept the plugin from its result until then, and whether a part of it has come. */
export type TimeUp = { readonly of: "plugin" | "run"; readonly seconds: number; readonly before?: string | undefined; readonly collected?: true };

export type Match = { readonly message: string; readonly hint: string };

/** Of a sight in which there is nothing to see. */
export const nothingSeen: Omit<Sight, "plugin" | "namespace" | "pluginContainer" | "workerContainer"> = {
  pod: undefined,
  podGone: false,
  node: undefined,
  nodeGone: false,
  namespaceGoing: false,
  events: [],
  refusal: undefined,
  delivery: undefined,
  timeUp: undefined,
  unreached: undefined,
};

/** All containers of a pod, init containers first. */
export const containersOf = (pod: PodView | undefined): readonly ContainerView[] => [...(pod?.initContainers ?? []), ...(pod?.containers ?? [])];

/** The first container, init containers included, that waits for one of the reasons. */
export const findWaiting = (pod: PodView | undefined, reasons: readonly string[]): ContainerView | undefined =>
  containersOf(pod).find((container) => container.state === "waiting" && reasons.includes(container.reason));

/** The pod's condition that says that something outside of it ends it, and who. */
export const findDisruption = (pod: PodView | undefined): PodView["conditions"][number] | undefined =>
  pod?.conditions.find(({ type, status }) => type === "DisruptionTarget" && status === "True");

/** Whether nothing of the pod lives any more. */
export const isOver = ({ pod, podGone }: Sight): boolean => podGone || pod?.phase === "Failed" || pod?.phase === "Succeeded";

/** For a pod that is being ended: its worker sends what there is until the kubelet kills it, and a moment more while that is checked. */
export const untilOver = (sight: Sight): number => (isOver(sight) ? 5 : (sight.pod?.deletionGraceSeconds ?? 30) + 15);

/** The latest event with one of the reasons. */
export const findEvent = (events: readonly EventView[], reasons: readonly string[]): EventView | undefined =>
  events.findLast(({ reason }) => reasons.includes(reason));

/** A message of Kubernetes as the end of a sentence: on one line, and no longer than people read. */
export function quoteMessage(text: string, limit = 300): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length <= limit ? line : `${line.slice(0, limit - 1).toWellFormed()}…`;
}

/** The last line that a container wrote before it ended, which most often says why; "" where there is none. */
export const lastLine = (message: string): string => quoteMessage(message.trimEnd().split("\n").at(-1) ?? "", 200);
