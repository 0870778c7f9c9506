import type { SnapshotCoverage, SnapshotFailure } from "../contract/snapshot-coverage.ts";
import type { SnapshotOptions } from "../contract/snapshot-options.ts";
import type { Cost } from "./requests/ask.ts";
import type { SnapshotRecord } from "./snapshot-record.ts";

/** How much has been read. */
export type Tally = { kinds: number; allKinds: number; objects: number; logs: number; allLogs: number };

export type CoverageInput = {
  readonly startedAt: Date;
  readonly finishedAt: Date;
  readonly tally: Readonly<Tally>;
  readonly cost: Readonly<Cost>;
  readonly writtenBytes: number;
  readonly record: SnapshotRecord;
  readonly isRedacted: boolean;
  readonly options: SnapshotOptions;
};

/** What is said of a snapshot in meta/snapshot.json. */
export function buildCoverage({ startedAt, finishedAt, tally, cost, writtenBytes, record, isRedacted, options }: CoverageInput): SnapshotCoverage {
  return {
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt.toISOString(),
    redacted: isRedacted,
    kinds: tally.kinds,
    objects: tally.objects,
    logs: tally.logs,
    ...cost,
    waitedMilliseconds: Math.round(cost.waitedMilliseconds),
    writtenBytes,
    failures: record.failures.toSorted((a, b) => compare(orderOf(a), orderOf(b))),
    failureCount: record.failureCount(),
    omissions: record.omissions().toSorted((a, b) => compare(`${a.what} ${a.why}`, `${b.what} ${b.why}`)),
    options,
  };
}

/** Several are asked at once, and their answers come in another order each time. */
const orderOf = ({ verb, resource, namespace, name = "" }: SnapshotFailure): string => JSON.stringify([verb, namespace, resource, name]);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
