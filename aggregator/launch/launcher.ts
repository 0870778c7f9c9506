import pLimit from "p-limit";
import type { Cluster } from "../../core/cluster/cluster.ts";
import { objectNames } from "../../core/contract/names.ts";
import type { PluginDefinition } from "../../core/contract/plugin-definition.ts";
import type { RunSpec } from "../../core/contract/run-spec.ts";
import type { Log } from "../log.ts";
import type { ExpectedResult, ExpectedResults, ResultProblem } from "../state/expected-results.ts";
import { isEnded } from "../state/expected-results.ts";
import type { Supervisor } from "../watch/supervise.ts";
import type { Launched } from "./launch.ts";
import { isProblem, launch } from "./launch.ts";
import type { PluginRun } from "./run-plugins.ts";
import { retire } from "./retire.ts";

export type Launcher = {
  readonly start: PluginRun["start"];
  /** Resolves when the logs of all ended results are kept and their pods are being removed. */
  settled(): Promise<void>;
  /** Removes what is left, such as pods of lost results, which were left alone because they might still have delivered. */
  removeAll(): Promise<void>;
};

type Deps = {
  readonly cluster: Cluster;
  readonly spec: RunSpec;
  readonly definitions: readonly PluginDefinition[];
  readonly results: ExpectedResults;
  readonly supervisor: Supervisor;
  readonly folders: { readonly tree: string };
  readonly ca: string;
  readonly aggregatorUrls: readonly string[];
  readonly end: (result: ExpectedResult, state: "failed", problem: ResultProblem) => void;
  readonly log: Log;
  readonly signal: AbortSignal;
};

const objectsAtOnce = 16;

/** Makes pods and Jobs as results are wanted, and retires them as results end. */
export async function createLauncher(deps: Deps): Promise<Launcher> {
  const { cluster, spec, results, supervisor, log, signal } = deps;
  const limit = pLimit(objectsAtOnce);
  const launched = new Map<ExpectedResult, Launched>();
  const retired = new Map<ExpectedResult, Promise<void>>();
  const { metadata } = await cluster.get({ apiVersion: "v1", kind: "ConfigMap", namespace: spec.namespace, name: objectNames.runConfigMap }, signal);
  const owner = { apiVersion: "v1", kind: "ConfigMap", name: metadata.name, uid: metadata.uid ?? "", controller: true };
  const keeps = new Map(deps.definitions.map(({ name, skipCleanup }) => [name, skipCleanup]));

  const retireOne = (result: ExpectedResult): Promise<void> => {
    const known = retired.get(result);
    if (known) return known;
    const retiring = limit(() =>
      retire(cluster, {
        namespace: spec.namespace,
        pod: supervisor.podOf(result),
        launched: launched.get(result),
        keep: keeps.get(result.plugin) === true,
        folder: deps.folders.tree,
        log,
        signal,
      }),
    );
    retired.set(result, retiring);
    return retiring;
  };
  results.onChange((result) => {
    if (result && isEnded(result) && result.state !== "lost" && launched.has(result)) void retireOne(result);
  });

  return {
    start: (result, { definition, progressPort, deadlineSeconds }) =>
      limit(async () => {
        const made = await launch(
          cluster,
          { spec, definition, node: result.node, progressPort, owner, settings: { aggregatorUrls: [...deps.aggregatorUrls], ca: deps.ca, deadlineSeconds } },
          signal,
        );
        if (isProblem(made)) return deps.end(result, "failed", made);
        log.info("started", { plugin: result.plugin, node: result.node, object: `${made.kind}/${made.name}` });
        launched.set(result, made);
        supervisor.claim(result, made);
      }),
    settled: async () => {
      await Promise.all(retired.values());
    },
    removeAll: async () => {
      await Promise.all([...launched.keys()].map(retireOne));
    },
  };
}
