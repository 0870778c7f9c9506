import { isDeepStrictEqual } from "node:util";
import type { ContainerLog, LogSource, LogState } from "./log-source.ts";

/** A container as it changes; its state is undefined once its pod is gone. */
export type LiveLog = {
  readonly source: LogSource;
  /** It came while the run was followed, so that all it has said is new. */
  readonly isNew: boolean;
  readonly state: LogState | undefined;
  set(state: LogState | undefined): void;
  /** Aborts at the next change of the state. */
  next(): AbortSignal;
};

/** The containers of a run's pods as they come, change and go. */
export type LiveLogs = {
  take(type: "set" | "gone", logs: readonly ContainerLog[]): void;
  /** All there is at the beginning is known now. */
  sync(): void;
  /** All that were ever seen, wanted or not. */
  seen(): readonly ContainerLog[];
};

/** Calls `onNew` once for each container that is wanted. */
export function createLiveLogs({
  isSelected,
  onNew,
}: {
  readonly isSelected: (source: LogSource) => boolean;
  readonly onNew: (live: LiveLog) => void;
}): LiveLogs {
  const known = new Map<string, LiveLog>();
  const seen = new Map<string, ContainerLog>();
  let isSynced = false;
  // A pod has no node at first, so that only later it can be said whether it is wanted.
  const add = ({ source, state }: ContainerLog): void => {
    const live = createLiveLog({ source, state, isNew: isSynced });
    known.set(source.key, live);
    onNew(live);
  };
  return {
    take(type, logs) {
      for (const log of logs) {
        seen.set(log.source.key, log);
        const live = known.get(log.source.key);
        if (live !== undefined) live.set(type === "gone" ? undefined : log.state);
        else if (type === "set" && isSelected(log.source)) add(log);
        if (type === "gone") known.delete(log.source.key);
      }
    },
    sync() {
      isSynced = true;
    },
    seen: () => [...seen.values()],
  };
}

function createLiveLog({ source, state: first, isNew }: { readonly source: LogSource; readonly state: LogState; readonly isNew: boolean }): LiveLog {
  let state: LogState | undefined = first;
  let change = new AbortController();
  return {
    source,
    isNew,
    get state() {
      return state;
    },
    set(next) {
      if (isDeepStrictEqual(state, next)) return;
      state = next;
      change.abort();
      change = new AbortController();
    },
    next: () => change.signal,
  };
}
