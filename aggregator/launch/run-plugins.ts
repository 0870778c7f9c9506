import { globalNode, ports } from "../../core/contract/names.ts";
import type { PluginDefinition } from "../../core/contract/plugin-definition.ts";
import type { RunSpec } from "../../core/contract/run-spec.ts";
import { defaultPodSpec } from "../../core/contract/default-pod-spec.ts";
import type { ExpectedResult, ExpectedResults, ResultProblem } from "../state/expected-results.ts";
import { isEnded } from "../state/expected-results.ts";
import type { EndedPlugins } from "../state/ended-plugins.ts";
import type { ExpectedRecord } from "../lease/expected-record.ts";
import type { NodeWatch } from "../watch/node-watch.ts";
import { collectSeconds } from "../causes/describe-time-up.ts";
import { expectNodes } from "./expect-nodes.ts";
import { judgeNeeds, needCode } from "./judge-needs.ts";
import type { TimeLimit } from "./limit-time.ts";
import { limitTime } from "./limit-time.ts";
import type { NodeTurns } from "./node-turns.ts";

export type PluginRun = {
  readonly spec: RunSpec;
  readonly definitions: readonly PluginDefinition[];
  readonly results: ExpectedResults;
  /** Told of each plugin that has ended. */
  readonly ended: EndedPlugins;
  readonly nodes: NodeWatch;
  readonly record: ExpectedRecord;
  /** Makes the pod or Job of a result; a refusal ends the result. */
  readonly start: (
    result: ExpectedResult,
    input: { readonly definition: PluginDefinition; readonly progressPort: number; readonly deadlineSeconds: number },
  ) => Promise<void>;
  /** Ends a result's pod with SIGTERM; false where there is none, or it is to stay. */
  readonly stop: (result: ExpectedResult) => Promise<boolean>;
  /** Looks at a result whose time is up, and ends it when nothing more can come of it. */
  readonly look: (result: ExpectedResult) => void;
  readonly end: (result: ExpectedResult, state: "skipped" | "failed", problem: ResultProblem) => void;
  /** How long a plugin has been running already, in earlier lives of the aggregator; on one node, if it is named. */
  readonly secondsGone: (plugin: string, node?: string) => number;
  /** Of the whole run. */
  readonly secondsLeft: () => number;
  /** Where plugins may use only so many nodes at once. */
  readonly turns: NodeTurns | undefined;
  readonly signal: AbortSignal;
};

/** Runs all plugins: those without needs group by group in `order`, each of the others when what it needs has ended; resolves when every expected result has ended. */
export async function runPlugins(run: PluginRun): Promise<void> {
  await Promise.all([runGroups(run), ...run.definitions.filter(({ needs }) => needs !== undefined).map((definition) => runDependent(run, definition))]);
}

async function runGroups(run: PluginRun): Promise<void> {
  const free = run.definitions.filter(({ needs }) => needs === undefined);
  const orders = [...new Set(free.map(({ order }) => order))].toSorted((a, b) => a - b);
  for (const order of orders) await Promise.all(free.filter((definition) => definition.order === order).map((definition) => runPlugin(run, definition)));
}

async function runDependent(run: PluginRun, definition: PluginDefinition): Promise<void> {
  const { results, ended, signal } = run;
  const needed = (definition.needs ?? []).map(({ plugin }) => plugin);
  await ended.until(needed, signal);
  // One that turns out to be unreadable was not delivered.
  await results.until(() => needed.every((plugin) => results.ofPlugin(plugin).every(isRead)), signal);
  const problem = judgeNeeds(definition, results);
  const known = results.ofPlugin(definition.name);
  // What an earlier life of the aggregator had skipped or begun stays so, whatever has come or been lost since.
  const isSkipped = known.some(({ problem: former }) => former?.code === needCode);
  if (!isSkipped && (problem === undefined || known.length > 0)) return runPlugin(run, definition);
  if (!isSkipped && problem !== undefined) run.end(results.expect(definition.name, globalNode), "skipped", problem);
  ended.add(definition.name);
}

const isRead = ({ upload, resultStatus }: ExpectedResult): boolean => upload === undefined || resultStatus !== undefined;

async function runPlugin(run: PluginRun, definition: PluginDefinition): Promise<void> {
  const { name, driver } = definition;
  const { results, turns } = run;
  const isByTurns = driver === "DaemonSet" && turns !== undefined;
  // Where nodes take turns the plugin's time is each node's own, and only the run's ends it for all.
  const limit = isByTurns ? planRunLimit(run) : planLimit(run, definition);
  const timeUp = limitTime(run, () => results.ofPlugin(name), limit);
  const make = (result: ExpectedResult, seconds: number): Promise<void> =>
    run.start(result, { definition, progressPort: progressPort(run, definition), deadlineSeconds: seconds + collectSeconds });
  const start = async (result: ExpectedResult): Promise<void> => {
    if (isEnded(result)) return;
    if (!isByTurns) return make(result, limit.seconds);
    await turns.take(result);
    if (isEnded(result) || result.timeUp) return;
    const own = planLimit(run, definition, result.node);
    const ownTimeUp = limitTime(run, () => [result], own);
    const over = results.until(() => isEnded(result), run.signal, result).catch(() => undefined);
    void over.then(() => ownTimeUp.cancel());
    await make(result, own.seconds);
  };
  try {
    if (driver === "Job") await start(results.expect(name, globalNode));
    else await expectNodes(run, definition, start);
    await results.until(() => results.hasEnded(name), run.signal);
    run.ended.add(name);
  } finally {
    timeUp.cancel();
  }
}

/** How long a plugin may still run, and whose time it is that ends it: its own or the run's. */
function planLimit(run: PluginRun, { name, dialect, timeoutSeconds }: PluginDefinition, node?: string): TimeLimit {
  // Sonobuoy's files can't name a time-out, and are made for a limit of as long as the run's.
  const own = timeoutSeconds ?? (dialect === "sonobuoy" ? Infinity : run.spec.pluginTimeoutSeconds);
  const gone = run.secondsGone(name, node);
  const left = planRunLimit(run);
  return own - gone <= left.seconds ? { seconds: Math.max(0, own - gone), gone, of: "plugin" } : { ...left, gone };
}

const planRunLimit = (run: PluginRun): TimeLimit => ({ seconds: Math.max(0, run.secondsLeft()), gone: 0, of: "run" });

/** Plugins on the host's network share its ports, so each gets one of its own. */
function progressPort({ definitions }: PluginRun, definition: PluginDefinition): number {
  const onHost = definitions.filter((other) => (other.podSpec ?? defaultPodSpec(other))["hostNetwork"] === true);
  return ports.progress + Math.max(0, onHost.indexOf(definition));
}
