import type { RetiredResult } from "../core/contract/inheritance.ts";
import { containerNames } from "../core/contract/names.ts";
import type { PodView } from "../core/kubernetes/pod-view.ts";
import type { Survivor } from "./launch/find-survivors.ts";
import { parseExpectedNodes } from "./lease/expected-record.ts";
import { parseRetired } from "./lease/retired-record.ts";
import type { Lease } from "./lease/hold-lease.ts";
import type { ExpectedResult, ExpectedResults, ResultProblem } from "./state/expected-results.ts";
import { isEnded } from "./state/expected-results.ts";
import type { NodeWatch } from "./watch/node-watch.ts";
import type { Supervisor } from "./watch/supervise.ts";

export type TakenOver = ReadonlyMap<ExpectedResult, Survivor>;

/**
 * Makes an earlier aggregator's pods and Jobs this one's, whatever group their plugins are of, so that each worker is known when it knocks; ends
 * the results of which nothing is left but what the lost aggregator had. A life of the same pod that goes on from its journal loses none.
 */
export function takeOver(
  survivors: readonly Survivor[],
  {
    results,
    supervisor,
    lease,
    end,
  }: {
    readonly results: ExpectedResults;
    readonly supervisor: Supervisor;
    readonly lease: Pick<Lease, "inheritance">;
    readonly end: (result: ExpectedResult, state: "lost", problem: ResultProblem) => void;
  },
): TakenOver {
  const taken = new Map<ExpectedResult, Survivor>();
  for (const survivor of survivors) {
    const result = results.expect(survivor.plugin, survivor.node);
    taken.set(result, survivor);
    if (survivor.tries > 1) results.update(result, { tries: survivor.tries });
    supervisor.claim(result, survivor.launched);
    if (survivor.isSpent && !isEnded(result)) end(result, "lost", nameLoss("its pod is gone since"));
  }
  for (const retired of parseRetired(lease.inheritance)) {
    const result = results.expect(retired.plugin, retired.node);
    if (!isEnded(result)) end(result, "lost", nameLoss(describeRetired(retired)));
  }
  // Of nodes that can't be read now, the record is all that is known.
  for (const [plugin, nodes] of Object.entries(parseExpectedNodes(lease.inheritance))) for (const node of nodes) results.expect(plugin, node);
  return taken;
}

/**
 * Ends the results that an earlier aggregator expected of nodes that have left the cluster since; without it nobody would know of them. The nodes
 * must have been read.
 */
export function accountForGoneNodes(
  lease: Pick<Lease, "inheritance">,
  {
    results,
    nodes,
    end,
  }: {
    readonly results: ExpectedResults;
    readonly nodes: Pick<NodeWatch, "find">;
    readonly end: (result: ExpectedResult, state: "lost", problem: ResultProblem) => void;
  },
): void {
  for (const [plugin, names] of Object.entries(parseExpectedNodes(lease.inheritance)))
    for (const name of names.filter((each) => nodes.find(each) === undefined)) {
      const result = results.expect(plugin, name);
      if (!isEnded(result)) end(result, "lost", nameLoss("its node has left the cluster"));
    }
}

/** How a result really ended whose worker had already delivered it, and left, before this aggregator came; undefined for all others. */
export function explainLoss(result: ExpectedResult, taken: TakenOver, pod: PodView | undefined): ResultProblem | undefined {
  const worker = pod?.containers.find(({ name }) => name === containerNames.worker);
  // A worker ends with 0 only when an aggregator has its result, or wants none.
  if (result.upload || !taken.has(result) || worker?.exitCode !== 0) return undefined;
  return nameLoss("its worker had delivered it and is gone since");
}

const describeRetired = ({ code }: RetiredResult): string =>
  code === undefined ? "its pod had been removed once it had come" : `it had ended as ${code}, and its pod had been removed`;

/** `why` ends the sentence. */
const nameLoss = (why: string): ResultProblem => ({
  code: "lost-with-aggregator",
  message: `What there was of this result was lost with an earlier aggregator of the run: ${why}`,
  hint: "Run the plugin again; what became of the earlier aggregator's pod: `kubectl get events` in the run's namespace.",
});
