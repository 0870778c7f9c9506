import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import { globalNode, ports } from "../../core/contract/names.ts";
import type { PluginDefinition } from "../../core/contract/plugin-definition.ts";
import type { RunSpec } from "../../core/contract/run-spec.ts";
import { defaultPodSpec } from "../../core/contract/default-pod-spec.ts";
import type { ExpectedResult, ExpectedResults, ResultProblem } from "../state/expected-results.ts";
import { isEnded } from "../state/expected-results.ts";
import type { NodeWatch } from "../watch/node-watch.ts";
import { collectSeconds } from "../causes/describe-time-up.ts";
import { judgeNode } from "./judge-node.ts";

export type PluginRun = {
  readonly spec: RunSpec;
  readonly definitions: readonly PluginDefinition[];
  readonly results: ExpectedResults;
  readonly nodes: NodeWatch;
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
  /** How long a plugin has been running already, in earlier lives of the aggregator. */
  readonly secondsGone: (plugin: string) => number;
  /** Of the whole run. */
  readonly secondsLeft: () => number;
  readonly signal: AbortSignal;
};

/** What a plugin may take to write its last after SIGTERM, before its worker is told to send what there is. */
const lastWordsSeconds = 5;

/** Runs all plugins, group by group in `order`; resolves when every expected result has ended. */
export async function runPlugins(run: PluginRun): Promise<void> {
  const orders = [...new Set(run.definitions.map(({ order }) => order))].toSorted((a, b) => a - b);
  for (const order of orders) {
    const group = run.definitions.filter((definition) => definition.order === order);
    await Promise.all(group.map((definition) => runPlugin(run, definition)));
  }
}

async function runPlugin(run: PluginRun, definition: PluginDefinition): Promise<void> {
  // Sonobuoy's files can't name a time-out, and are made for a limit of as long as the run's.
  const own = definition.timeoutSeconds ?? (definition.dialect === "sonobuoy" ? Infinity : run.spec.pluginTimeoutSeconds);
  const gone = run.secondsGone(definition.name);
  const left = Math.max(0, run.secondsLeft());
  const timeoutSeconds = Math.max(0, Math.min(own - gone, left));
  const start = (result: ExpectedResult): Promise<void> =>
    isEnded(result)
      ? Promise.resolve()
      : run.start(result, { definition, progressPort: progressPort(run, definition), deadlineSeconds: timeoutSeconds + collectSeconds });
  const timeUp = limitTime(run, definition, { seconds: timeoutSeconds, gone, of: own - gone <= left ? "plugin" : "run" });
  try {
    if (definition.driver === "Job") await start(run.results.expect(definition.name, globalNode));
    else await expectNodes(run, definition, start);
    await run.results.until(() => run.results.ofPlugin(definition.name).every(isEnded), run.signal);
  } finally {
    timeUp.cancel();
  }
}

/** Expects a result of each fitting node, those that join while the plugin runs included. */
async function expectNodes(run: PluginRun, definition: PluginDefinition, start: (result: ExpectedResult) => Promise<void>): Promise<void> {
  const { results, nodes, spec } = run;
  const take = async (node: KubernetesObject): Promise<void> => {
    const known = results.find(definition.name, node.metadata.name);
    const verdict = judgeNode(node, definition, spec);
    // A node that has just joined bears taints until it is set up.
    const isFreed = known?.state === "skipped" && known.problem?.code === "taint" && verdict.verdict === "run";
    if ((known && !isFreed) || verdict.verdict === "ignore") return;
    const result = results.expect(definition.name, node.metadata.name);
    if (verdict.verdict === "skip") return run.end(result, "skipped", verdict.problem);
    if (isFreed) results.update(result, { state: "waiting", problem: undefined });
    await start(result);
  };
  const isReadable = await nodes.ready.then(
    () => true,
    () => false,
  );
  if (!isReadable) {
    const problem = {
      code: "nodes-unreadable",
      message: "The cluster's nodes can't be read, so it's not known where to run",
      hint: "Give account asdic-aggregator get, list and watch on nodes.",
    };
    return run.end(results.expect(definition.name, globalNode), "failed", problem);
  }
  // Before those that are there are taken, because making their pods takes a while, in which others may join.
  const stop = nodes.onChange((name) => {
    const node = nodes.find(name);
    if (node) void take(node);
  });
  try {
    const kept = results.ofPlugin(definition.name).map(start);
    await Promise.all([...kept, ...[...nodes.all()].map(take)]);
    if (results.ofPlugin(definition.name).length === 0) {
      const problem = {
        code: "no-nodes",
        message: "No node matches the plugin's and the run's node selectors",
        hint: "Compare them with `kubectl get nodes --show-labels`.",
      };
      return run.end(results.expect(definition.name, globalNode), "skipped", problem);
    }
    await run.results.until(() => results.ofPlugin(definition.name).every(isEnded), run.signal);
  } finally {
    stop();
  }
}

/**
 * When the time is up the pods of what is still open are ended, so that plugins get SIGTERM and may write their last, which the workers send;
 * those that did not get it, or stay because of skip-cleanup, are told by the aggregator to send what there is. Looking at them ends them.
 */
function limitTime(
  run: PluginRun,
  definition: PluginDefinition,
  { seconds, gone, of }: { readonly seconds: number; readonly gone: number; readonly of: "plugin" | "run" },
): { cancel(): void } {
  const open = (): readonly ExpectedResult[] => run.results.ofPlugin(definition.name).filter((result) => !isEnded(result));
  const stop = async (result: ExpectedResult): Promise<void> => {
    run.results.update(result, { timeUp: { of, seconds: of === "run" ? run.spec.runTimeoutSeconds : seconds + gone, before: result.problem?.message } });
    if (!(await run.stop(result))) collect(result);
    run.look(result);
  };
  const collect = (result: ExpectedResult): void => {
    if (!isEnded(result)) run.results.update(result, { collect: "timed-out" });
  };
  let last: NodeJS.Timeout | undefined;
  const first = setTimeout(
    () => {
      for (const result of open()) void stop(result);
      last = setTimeout(() => open().forEach(collect), lastWordsSeconds * 1000);
    },
    Math.min(seconds * 1000, longestTimer),
  );
  return {
    cancel() {
      clearTimeout(first);
      clearTimeout(last);
    },
  };
}

/** Milliseconds; a longer timer would end at once. */
const longestTimer = 2 ** 31 - 1;

/** Plugins on the host's network share its ports, so each gets one of its own. */
function progressPort({ definitions }: PluginRun, definition: PluginDefinition): number {
  const onHost = definitions.filter((other) => (other.podSpec ?? defaultPodSpec(other))["hostNetwork"] === true);
  return ports.progress + Math.max(0, onHost.indexOf(definition));
}
