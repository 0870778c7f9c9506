import type { Cluster } from "../../core/cluster/cluster.ts";
import { KnownError } from "../../core/contract/known-error.ts";
import type { RunSummary } from "../../core/contract/run-status.ts";
import type { CommandContext } from "../command-context.ts";
import { renderDuration } from "../run/duration.ts";
import { createDisplay, type Display } from "./display.ts";
import { followRun } from "./follow-run.ts";
import type { RunView, Trouble } from "./run-view.ts";
import { parseWaitCondition, type WaitCondition } from "./wait-condition.ts";

export type WaitRequest = {
  readonly namespace: string;
  /** How long to wait, and what is said when that is over. */
  readonly limit: { readonly seconds: number; readonly message: string };
  /** The cluster ends with this command: nobody adds an image or a node to it, and nobody comes back to the run. */
  readonly isPassing?: boolean;
  /** What to wait for; left out, the end of the run. */
  readonly until?: WaitCondition;
  /** Where the run is shown; left out, as fits the output. */
  readonly display?: Display;
};

/** An image may still come and a node may still be added; after this long without an aggregator nothing ends the run but a person. */
const troubleSeconds = { lasting: 180, passing: 5 } as const;

/** Shows a run until it is complete, or as far as is waited for. KnownError when the time is up, the aggregator does not get going, or at Ctrl-C, which leaves the run alone. */
export async function waitForRun(context: CommandContext, cluster: Cluster, request: WaitRequest): Promise<RunSummary> {
  const { namespace, limit, isPassing = false, until = runEnd, display = createDisplay(context) } = request;
  const givingUp = new AbortController();
  const timer = setTimeout(
    () => givingUp.abort(new KnownError("run-incomplete", limit.message, isPassing ? {} : { hint: comeBack(namespace) })),
    limit.seconds * 1000,
  );
  const patience = troubleSeconds[isPassing ? "passing" : "lasting"];
  const leftovers = isPassing ? "" : `\nWhat is there of the run goes away with \`asdic delete --namespace ${namespace}\`.`;
  const watchTrouble = createTroubleWatch(patience, ({ message, hint }) =>
    givingUp.abort(
      new KnownError("aggregator-failed", `The aggregator has not got going for ${renderDuration(patience)}. ${message}`, { hint: `${hint}${leftovers}` }),
    ),
  );
  try {
    for await (const view of followRun(cluster, { namespace, signal: AbortSignal.any([context.signal, givingUp.signal]) })) {
      display.show(view);
      if (view.summary !== undefined && until(view.summary) !== undefined) return view.summary;
      watchTrouble(view.trouble);
    }
    throw new KnownError("run-incomplete", limit.message);
  } catch (error) {
    if (!context.signal.aborted) throw error;
    throw new KnownError("interrupted", `The run goes on in namespace ${namespace}.`, { hint: comeBack(namespace) });
  } finally {
    clearTimeout(timer);
    watchTrouble(undefined);
    display.end();
  }
}

const runEnd = parseWaitCondition("complete", []);

const comeBack = (namespace: string): string =>
  `Come back to it with \`asdic wait --namespace ${namespace}\`, or end it with \`asdic delete --namespace ${namespace}\`.`;

/** Calls back when the aggregator was in trouble, of whatever kind, for too long at a stretch. */
function createTroubleWatch(seconds: number, onTooLong: (trouble: Trouble) => void): (trouble: RunView["trouble"]) => void {
  let timer: NodeJS.Timeout | undefined;
  let latest: Trouble | undefined;
  return (trouble) => {
    latest = trouble;
    if (trouble === undefined) {
      clearTimeout(timer);
      timer = undefined;
    } else timer ??= setTimeout(() => latest && onTooLong(latest), seconds * 1000);
  };
}
