import type { SnapshotFailure, SnapshotOmission } from "../contract/snapshot-coverage.ts";
import { readingFailure, type RequestFailure } from "./requests/request-failure.ts";
import { WritingFailure } from "./snapshot-files.ts";

/** How one question to the API server went: Sonobuoy's four fields of meta/query-time.json (time in milliseconds), and ours. */
export type Query = {
  readonly queryobj: string;
  readonly namespace: string;
  readonly time: number;
  readonly error: string | null;
  readonly verb: string;
  readonly resource: string;
  readonly reason?: string;
  readonly code?: number;
  readonly objects?: number;
};

/** What is written down while a snapshot is read. */
export type SnapshotRecord = {
  readonly queries: readonly Query[];
  readonly failures: readonly SnapshotFailure[];
  readonly failureCount: () => number;
  readonly omissions: () => readonly SnapshotOmission[];
  /** Runs a question and notes how long it took and why it failed; undefined when it did. The signal's reason and WritingFailures pass. */
  ask<T>(question: Asked, read: () => Promise<T>): Promise<T | undefined>;
  fail(question: Omit<Asked, "queryobj">, failure: Pick<SnapshotFailure, "code" | "reason" | "message">): void;
  /** Adds to a refused list of all namespaces what was read in its place. */
  readInstead(resource: string, instead: NonNullable<SnapshotFailure["instead"]>): void;
  /** The same `what` and `why` again adds to its count. */
  omit(omission: SnapshotOmission): void;
};

/** `queryobj` is the name under which meta/query-time.json has it; what has none is written down only when it fails. */
type Asked = Pick<SnapshotFailure, "verb" | "resource" | "namespace" | "name"> & { readonly queryobj?: string; readonly objects?: () => number };

const keptFailures = 1000;

/** An empty record; `cleanText` hides secrets in what the server says. */
export function createRecord(signal: AbortSignal, cleanText: (text: string) => string = (text) => text): SnapshotRecord {
  const queries: Query[] = [];
  const failures: SnapshotFailure[] = [];
  const omissions = new Map<string, SnapshotOmission>();
  let failureCount = 0;
  const fail: SnapshotRecord["fail"] = ({ verb, resource, namespace, name }, { code, reason, message }) => {
    failureCount++;
    if (failures.length < keptFailures)
      failures.push({ verb, resource, namespace, ...(name !== undefined && { name }), code, reason, message: cleanText(message) });
  };
  return {
    queries,
    failures,
    failureCount: () => failureCount,
    omissions: () => [...omissions.values()],
    fail,
    readInstead: (resource, instead) => {
      const at = failures.findIndex((failure) => failure.verb === "list" && failure.resource === resource && failure.namespace === "");
      const failure = failures[at];
      if (failure) failures[at] = { ...failure, instead };
    },
    omit: ({ what, why, count }) => {
      const key = JSON.stringify([what, why]);
      omissions.set(key, { what, why, count: count + (omissions.get(key)?.count ?? 0) });
    },
    ask: async (asked, read) => {
      const start = performance.now();
      const note = (failure?: RequestFailure): void => {
        if (failure) fail(asked, failure);
        if (asked.queryobj !== undefined)
          queries.push(buildQuery({ ...asked, queryobj: asked.queryobj, time: Math.round(performance.now() - start), failure }, cleanText));
      };
      try {
        const value = await read();
        note();
        return value;
      } catch (error) {
        signal.throwIfAborted();
        // Going on would only fill the disk further.
        if (error instanceof WritingFailure) throw error;
        note(readingFailure(error));
        return undefined;
      }
    },
  };
}

type QueryInput = Asked & { readonly queryobj: string; readonly time: number; readonly failure: RequestFailure | undefined };

const buildQuery = ({ queryobj, namespace, time, verb, resource, objects, failure }: QueryInput, cleanText: (text: string) => string): Query => ({
  queryobj,
  namespace,
  time,
  error: failure === undefined ? null : cleanText(failure.message),
  verb,
  resource,
  ...(failure && { reason: failure.reason, code: failure.code }),
  ...(objects && { objects: objects() }),
});
