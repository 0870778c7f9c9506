import type { Progress, ResultState } from "../../core/contract/run-status.ts";
import { isEndState } from "../../core/contract/run-status.ts";
import type { JsonObject } from "../../core/contract/json.ts";
import type { TimeUp } from "../causes/cause.ts";
import type { AcceptedUpload } from "./accepted-upload.ts";

/** One result that the run waits for: its state, and what is known of why it isn't there. `node` is "global" for Job plugins. */
export type ExpectedResult = {
  readonly plugin: string;
  readonly node: string;
  state: ResultState;
  since: Date;
  /** When it was first seen to run, since it was made last. */
  startedAt?: Date | undefined;
  /** May be set while the state is not yet an end: it is shown at once, and decides when its grace is over. */
  problem?: ResultProblem | undefined;
  progress?: Progress | undefined;
  /** Set once its bytes are durable. */
  upload?: AcceptedUpload | undefined;
  resultStatus?: string | undefined;
  resultCounts?: Record<string, number> | undefined;
  /** Why the worker is told to send what there is: everything that could write has ended, or the time is up. */
  collect?: "ended" | "timed-out" | undefined;
  /** What makes of everything that is collected without a done file only a part: the plugin crashed, its pod is being ended, and the like. */
  cutShort?: ResultProblem | undefined;
  /** Whether anything of the plugin has run. */
  hasRun?: boolean | undefined;
  /** Set once its time is up: it is not waited for any longer than it takes to collect what there is. */
  timeUp?: TimeUp | undefined;
  /** Why the aggregator has not come to the worker either, where the worker does not come to the aggregator. */
  unreached?: string | undefined;
  /** Times that it was made; undefined is once. */
  tries?: number | undefined;
};

export type ResultProblem = {
  readonly code: string;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly evidence?: JsonObject | undefined;
};

/** The results of a run by plugin and node, and who waits for them to change; written only on the event loop. */
export type ExpectedResults = {
  /** The result's entry, made when it is new. */
  expect(plugin: string, node: string): ExpectedResult;
  find(plugin: string, node: string): ExpectedResult | undefined;
  ofPlugin(plugin: string): readonly ExpectedResult[];
  /** Those of a node, one a plugin at most; of "global" those of Job plugins. */
  ofNode(node: string): readonly ExpectedResult[];
  /** Whether nothing more is awaited of any result of a plugin; counted, not looked for, because it is asked after every change. */
  hasEnded(plugin: string): boolean;
  all(): Iterable<ExpectedResult>;
  update(result: ExpectedResult, change: Change): void;
  /** Calls the listener after every change until the returned function is called. */
  onChange(listener: (result: ExpectedResult | undefined) => void): () => void;
  /** Resolves when the condition holds, checked after every change, or those of one result; rejects when the signal aborts. */
  until(isReached: () => boolean, signal: AbortSignal, of?: ExpectedResult): Promise<void>;
};
type Change = Partial<Omit<ExpectedResult, "plugin" | "node" | "since" | "startedAt">>;

/** An empty set of expected results. */
export function createExpectedResults(now: () => Date): ExpectedResults {
  const byPlugin = new Map<string, Map<string, ExpectedResult>>();
  const open = new Map<string, number>();
  const listeners = new Set<(result: ExpectedResult | undefined) => void>();
  // Each of thousands of workers holds a poll that waits for its own result alone.
  const listenersOf = new Map<ExpectedResult, Set<() => void>>();
  const notify = (result: ExpectedResult): void => {
    for (const listener of listeners) listener(result);
    for (const listener of listenersOf.get(result) ?? []) listener();
  };
  const count = (plugin: string, change: number): void => void open.set(plugin, (open.get(plugin) ?? 0) + change);
  const onChange = (listener: (result: ExpectedResult | undefined) => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const onChangeOf = (result: ExpectedResult, listener: () => void): (() => void) => {
    const own = listenersOf.get(result) ?? new Set();
    listenersOf.set(result, own.add(listener));
    return () => {
      if (own.delete(listener) && own.size === 0) listenersOf.delete(result);
    };
  };
  return {
    expect(plugin, node) {
      const nodes = byPlugin.get(plugin) ?? new Map<string, ExpectedResult>();
      byPlugin.set(plugin, nodes);
      const known = nodes.get(node);
      if (known) return known;
      const result: ExpectedResult = { plugin, node, state: "waiting", since: now() };
      nodes.set(node, result);
      count(plugin, 1);
      notify(result);
      return result;
    },
    find: (plugin, node) => byPlugin.get(plugin)?.get(node),
    ofPlugin: (plugin) => [...(byPlugin.get(plugin)?.values() ?? [])],
    ofNode: (node) => [...byPlugin.values()].flatMap((nodes) => nodes.get(node) ?? []),
    hasEnded: (plugin) => (open.get(plugin) ?? 0) === 0,
    *all() {
      for (const nodes of byPlugin.values()) yield* nodes.values();
    },
    update(result, change) {
      if (change.state !== undefined && change.state !== result.state) result.since = now();
      if (change.state === "waiting") result.startedAt = undefined;
      if (change.state === "running" || change.state === "uploading") result.startedAt ??= now();
      const wasEnded = isEnded(result);
      Object.assign(result, change);
      if (isEnded(result) !== wasEnded) count(result.plugin, wasEnded ? 1 : -1);
      notify(result);
    },
    onChange,
    until: (isReached, signal, of) =>
      new Promise((resolve, reject) => {
        if (isReached()) return resolve();
        if (signal.aborted) return reject(signal.reason);
        const check = (): void => {
          if (!isReached()) return;
          finish();
          resolve();
        };
        const stop = of ? onChangeOf(of, check) : onChange(check);
        const abort = (): void => {
          finish();
          reject(signal.reason);
        };
        const finish = (): void => {
          stop();
          signal.removeEventListener("abort", abort);
        };
        signal.addEventListener("abort", abort, { once: true });
      }),
  };
}

/** Whether nothing more is awaited of a result. */
export const isEnded = (result: ExpectedResult): boolean => isEndState(result.state);
