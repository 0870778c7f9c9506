import type { LimitFunction } from "p-limit";
import type { Cluster } from "../../core/cluster/cluster.ts";
import type { PluginDefinition } from "../../core/contract/plugin-definition.ts";
import type { RunSpec } from "../../core/contract/run-spec.ts";
import type { RetiredRecord } from "../lease/retired-record.ts";
import type { RunRedaction } from "../redaction/run-redaction.ts";
import type { Log } from "../log.ts";
import type { ExpectedResult, ExpectedResults } from "../state/expected-results.ts";
import { isEnded } from "../state/expected-results.ts";
import type { Supervisor } from "../watch/supervise.ts";
import type { Launched } from "./launch.ts";
import { leavesOnceAccepted } from "./leaves-once-accepted.ts";
import { findPortConflicts, isInNeedOfRoom, isInTheWay } from "./make-room.ts";
import { keepLogs, removeObjects } from "./retire.ts";

export type Retirement = {
  /** Resolves when the logs of all ended results are kept. */
  settled(): Promise<void>;
  /** Removes every pod but those that are to stay; only for a run that is sealed. */
  removeAll(): Promise<void>;
};

type Deps = {
  readonly cluster: Cluster;
  readonly spec: RunSpec;
  readonly definitions: readonly PluginDefinition[];
  readonly results: ExpectedResults;
  readonly supervisor: Supervisor;
  readonly launched: ReadonlyMap<ExpectedResult, Launched>;
  readonly retired: RetiredRecord;
  readonly folder: string;
  readonly redaction: Pick<RunRedaction, "redactor" | "tallies">;
  readonly limit: LimitFunction;
  readonly log: Log;
  readonly signal: AbortSignal;
};

/**
 * Keeps the logs of each result that ends, at once. Its pod stays until the run is sealed, because its worker holds the result in case this
 * aggregator is lost (design D5); what no worker holds, what is asked to go and what is in another's way goes at once, after it was written down.
 */
export function createRetirement(deps: Deps): Retirement {
  const { cluster, spec, definitions, results, supervisor, launched, retired, folder, redaction, limit, log, signal } = deps;
  const { namespace } = spec;
  const staying = new Set(definitions.filter(({ skipCleanup }) => skipCleanup).map(({ name }) => name));
  const leaving = definitions.filter((definition) => definition.earlyCleanup || leavesOnceAccepted(spec, definition));
  const early = new Set([...findPortConflicts(definitions), ...leaving.map(({ name }) => name)]);
  const keeping = new Map<ExpectedResult, Promise<void>>();
  const removing = new Map<ExpectedResult, Promise<void>>();

  const keep = once(keeping, (result) => limit(() => keepLogs(cluster, { namespace, pod: supervisor.podOf(result), folder, redaction, log, signal })));
  const remove = once(removing, async (result) => {
    const made = launched.get(result);
    await keep(result);
    if (!made || staying.has(result.plugin)) return;
    await limit(() => removeObjects(cluster, { namespace, pod: supervisor.podOf(result), launched: made, log, signal }));
  });
  const removeEarly = (result: ExpectedResult): void => {
    if (removing.has(result) || staying.has(result.plugin)) return;
    // An aggregator that can't write it down is at its end, and the pod is better left to the next.
    retired.add(result).then(
      () => remove(result),
      () => undefined,
    );
  };
  const isHeld = (result: ExpectedResult): boolean => isEnded(result) && result.upload !== undefined && launched.has(result);
  results.onChange((result) => {
    if (!result) return;
    if (!isEnded(result) && isInNeedOfRoom(result)) for (const held of launched.keys()) if (isHeld(held) && isInTheWay(held, result)) removeEarly(held);
    settle(result);
  });
  const settle = (result: ExpectedResult): void => {
    // A result that was given up as lost may still come.
    if (!isEnded(result) || result.state === "lost" || !launched.has(result)) return;
    void keep(result);
    if (!result.upload || early.has(result.plugin)) removeEarly(result);
  };

  // Those that had ended in an earlier life, in which their logs may not have been read to the end.
  for (const result of launched.keys()) settle(result);

  return {
    settled: async () => {
      await Promise.all(keeping.values());
    },
    removeAll: async () => {
      await Promise.all([...launched.keys()].map(remove));
    },
  };
}

/** The same promise each time it is asked for the same result. */
const once =
  (known: Map<ExpectedResult, Promise<void>>, act: (result: ExpectedResult) => Promise<void>) =>
  (result: ExpectedResult): Promise<void> => {
    const acting = known.get(result) ?? act(result);
    known.set(result, acting);
    return acting;
  };
