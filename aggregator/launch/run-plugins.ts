import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import { globalNode, ports } from "../../core/contract/names.ts";
import type { PluginDefinition } from "../../core/contract/plugin-definition.ts";
import type { RunSpec } from "../../core/contract/run-spec.ts";
import { defaultPodSpec } from "../../core/contract/default-pod-spec.ts";
import type { ExpectedResult, ExpectedResults, ResultProblem } from "../state/expected-results.ts";
import { isEnded } from "../state/expected-results.ts";
import type { NodeWatch } from "../watch/node-watch.ts";
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
  readonly end: (result: ExpectedResult, state: "skipped" | "failed" | "timed-out", problem: ResultProblem) => void;
  /** Of the whole run. */
  readonly secondsLeft: () => number;
  readonly signal: AbortSignal;
};

/** How long workers may still send what there is once a plugin's time is up. */
const collectSeconds = 20;

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
  const timeoutSeconds = Math.max(0, Math.min(own, run.secondsLeft()));
  const start = (result: ExpectedResult): Promise<void> =>
    isEnded(result)
      ? Promise.resolve()
      : run.start(result, { definition, progressPort: progressPort(run, definition), deadlineSeconds: timeoutSeconds + collectSeconds });
  const timeUp = limitTime(run, definition, timeoutSeconds);
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
    if (known || verdict.verdict === "ignore") return;
    const result = results.expect(definition.name, node.metadata.name);
    if (verdict.verdict === "skip") run.end(result, "skipped", verdict.problem);
    else await start(result);
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
  const stop = nodes.onChange((name) => {
    const node = nodes.find(name);
    if (node) void take(node);
  });
  await run.results.until(() => results.ofPlugin(definition.name).every(isEnded), run.signal).finally(stop);
}

/** When the time is up workers are told to send what there is; what has not come a little later is timed out. */
function limitTime(run: PluginRun, definition: PluginDefinition, seconds: number): { cancel(): void } {
  const open = (): readonly ExpectedResult[] => run.results.ofPlugin(definition.name).filter((result) => !isEnded(result));
  let last: NodeJS.Timeout | undefined;
  const first = setTimeout(() => {
    for (const result of open()) run.results.update(result, { collect: "timed-out" });
    last = setTimeout(() => {
      const problem = {
        code: "timed-out",
        message: `No result came within ${Math.round(seconds)} s`,
        hint: "Give it more time: --timeout for the run, `timeout` in the plugin's file.",
      };
      for (const result of open())
        run.end(result, "timed-out", { ...problem, ...(result.problem && { message: `${problem.message}: ${result.problem.message}` }) });
    }, collectSeconds * 1000);
  }, seconds * 1000);
  return {
    cancel() {
      clearTimeout(first);
      clearTimeout(last);
    },
  };
}

/** Plugins on the host's network share its ports, so each gets one of its own. */
function progressPort({ definitions }: PluginRun, definition: PluginDefinition): number {
  const onHost = definitions.filter((other) => (other.podSpec ?? defaultPodSpec(other))["hostNetwork"] === true);
  return ports.progress + Math.max(0, onHost.indexOf(definition));
}
