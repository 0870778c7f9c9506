import pLimit from "p-limit";
import type { Cluster } from "../../core/cluster/cluster.ts";
import { objectNames } from "../../core/contract/names.ts";
import type { PluginDefinition } from "../../core/contract/plugin-definition.ts";
import type { RunSpec } from "../../core/contract/run-spec.ts";
import type { RunRedaction } from "../redaction/run-redaction.ts";
import type { Log } from "../log.ts";
import type { ExpectedResult, ExpectedResults, ResultProblem } from "../state/expected-results.ts";
import { isEnded } from "../state/expected-results.ts";
import { collectSeconds } from "../causes/describe-time-up.ts";
import type { Journal } from "../ingest/journal.ts";
import type { RetiredRecord } from "../lease/retired-record.ts";
import { errorText } from "../error-text.ts";
import type { Supervisor } from "../watch/supervise.ts";
import type { Launched } from "./launch.ts";
import { launch } from "./launch.ts";
import type { PluginRun } from "./run-plugins.ts";
import type { Survivor } from "./find-survivors.ts";
import type { Retirement } from "./retirement.ts";
import { createRetirement } from "./retirement.ts";
import { removeObjects } from "./retire.ts";

export type Launcher = Retirement & {
  readonly start: PluginRun["start"];
  /** Ends a result's pod so that the plugin gets SIGTERM, with time for it to write and for its worker to send what there is. */
  readonly stop: PluginRun["stop"];
  /** Makes a Job once more if its pod was lost before anything of the plugin had run; false where that is not so, or was done before. */
  readonly again: (result: ExpectedResult, problem: ResultProblem) => boolean;
};

type Deps = {
  readonly cluster: Cluster;
  readonly spec: RunSpec;
  readonly definitions: readonly PluginDefinition[];
  readonly results: ExpectedResults;
  readonly supervisor: Supervisor;
  readonly folders: { readonly tree: string };
  readonly redaction: RunRedaction;
  readonly ca: string;
  readonly aggregatorUrls: readonly string[];
  readonly journal: Journal;
  /** Of earlier lives of the aggregator; theirs are not made again. */
  readonly survivors: ReadonlyMap<ExpectedResult, Survivor>;
  readonly retired: RetiredRecord;
  readonly log: Log;
  readonly signal: AbortSignal;
};

const objectsAtOnce = 16;

/** What was refused is tried again until its cause's grace is over: a quota gets room, a webhook comes back. */
const retryMilliseconds = 3000;

/** Makes pods and Jobs as results are wanted, and retires them as results end. */
export async function createLauncher(deps: Deps): Promise<Launcher> {
  const { cluster, spec, results, supervisor, log, signal } = deps;
  const limit = pLimit(objectsAtOnce);
  const launched = new Map<ExpectedResult, Launched>([...deps.survivors].map(([result, survivor]) => [result, survivor.launched]));
  const { metadata } = await cluster.get({ apiVersion: "v1", kind: "ConfigMap", namespace: spec.namespace, name: objectNames.runConfigMap }, signal);
  const owner = { apiVersion: "v1", kind: "ConfigMap", name: metadata.name, uid: metadata.uid ?? "", controller: true };
  const keeps = new Map(deps.definitions.map(({ name, skipCleanup }) => [name, skipCleanup]));
  const retirement = createRetirement({ ...deps, launched, limit, folder: deps.folders.tree });

  const make = async (result: ExpectedResult, input: StartInput): Promise<void> => {
    if (launched.has(result)) return;
    const { definition, progressPort, deadlineSeconds } = input;
    const settings = { aggregatorUrls: [...deps.aggregatorUrls], ca: deps.ca, deadlineSeconds };
    while (!isEnded(result) && !result.timeUp) {
      const { node, tries = 1 } = result;
      const made = await limit(() => launch(cluster, { spec, definition, node, tries, progressPort, owner, settings }, signal));
      supervisor.refuse(result, "refusal" in made ? made.refusal : undefined);
      if (!("refusal" in made)) {
        log.info("started", { plugin: result.plugin, node, object: `${made.kind}/${made.name}` });
        launched.set(result, made);
        return supervisor.claim(result, made);
      }
      log.warn("refused", { plugin: result.plugin, node, status: made.refusal.status, message: made.refusal.message });
      const pause = AbortSignal.any([signal, AbortSignal.timeout(retryMilliseconds)]);
      await results.until(() => isEnded(result) || result.timeUp !== undefined, pause, result).catch(() => signal.throwIfAborted());
    }
  };
  const starts = new Map<ExpectedResult, StartInput>();

  return {
    start(result, input) {
      starts.set(result, input);
      return make(result, input);
    },
    async stop(result) {
      const pod = supervisor.podOf(result);
      if (!pod || pod.gone || keeps.get(result.plugin) === true) return false;
      const ref = { apiVersion: "v1", kind: "Pod", namespace: spec.namespace, name: pod.view.name };
      return limit(() => cluster.delete(ref, { gracePeriodSeconds: collectSeconds - 5, uid: pod.view.uid, signal })).catch((error: unknown) => {
        log.warn("pod not ended", { pod: pod.view.name, error: errorText(error) });
        return false;
      });
    },
    again(result, problem) {
      const input = starts.get(result);
      const old = launched.get(result);
      if (!input || !old || old.kind !== "Job" || result.hasRun || result.timeUp || (result.tries ?? 1) > 1) return false;
      log.warn("starting again", { plugin: result.plugin, node: result.node, code: problem.code, problem: problem.message });
      const pod = supervisor.podOf(result);
      supervisor.release(result);
      launched.delete(result);
      results.update(result, { state: "waiting", tries: 2, problem: undefined, cutShort: undefined, collect: undefined });
      const line = { type: "again", at: new Date().toISOString(), plugin: result.plugin, node: result.node } as const;
      // Its name is another one the second time, so the old Job is in nobody's way.
      void removeObjects(cluster, { namespace: spec.namespace, pod, launched: old, log, signal });
      void deps.journal.append(line).catch(() => log.warn("journal not written"));
      void make(result, input).catch((error: unknown) => signal.aborted || log.warn("not started again", { plugin: result.plugin, error: errorText(error) }));
      return true;
    },
    ...retirement,
  };
}

type StartInput = Parameters<PluginRun["start"]>[1];
