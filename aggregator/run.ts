import { join } from "node:path";
import pLimit from "p-limit";
import type { Cluster } from "../core/cluster/cluster.ts";
import type { PluginDefinition } from "../core/contract/plugin-definition.ts";
import type { RunSpec } from "../core/contract/run-spec.ts";
import { readSnapshot } from "../core/snapshot/read-snapshot.ts";
import type { Journal } from "./ingest/journal.ts";
import { createLauncher } from "./launch/launcher.ts";
import { pluginContainerName } from "./launch/plugin-pod.ts";
import { runPlugins } from "./launch/run-plugins.ts";
import type { Log } from "./log.ts";
import { listen } from "./listen.ts";
import { replayJournal } from "./replay-journal.ts";
import type { ExpectedResult, ResultProblem } from "./state/expected-results.ts";
import { createExpectedResults } from "./state/expected-results.ts";
import type { RunProgress } from "./status/build-status.ts";
import { buildStatus, buildSummary } from "./status/build-status.ts";
import { createPublisher } from "./status/publish-status.ts";
import { processResult } from "./store/process-result.ts";
import { seal } from "./store/seal.ts";
import { watchNodes } from "./watch/node-watch.ts";
import { watchPods } from "./watch/pod-watch.ts";
import { createSupervisor } from "./watch/supervise.ts";
import { errorText } from "./error-text.ts";

export type Run = {
  readonly cluster: Cluster;
  readonly spec: RunSpec;
  readonly definitions: readonly PluginDefinition[];
  readonly runToken: string;
  readonly pod: { readonly name: string; readonly namespace: string; readonly ips: readonly string[] };
  readonly folders: { readonly work: string; readonly spool: string; readonly tree: string };
  readonly journal: Journal;
  readonly log: Log;
  readonly logFile: string;
  readonly signal: AbortSignal;
};

/** The whole of a run: launch the plugins, take in their results, look at the cluster, seal the tarball, announce it, and serve it until the signal. */
export async function run(input: Run): Promise<void> {
  const { cluster, spec, definitions, folders, journal, log, signal } = input;
  const results = createExpectedResults(() => new Date());
  const past = replayJournal(journal, results);
  const progress: RunProgress = { phase: "running", startedAt: past.startedAt ?? new Date() };
  if (!past.startedAt) await journal.append({ type: "start", at: progress.startedAt.toISOString() });
  const statusInput = (): Parameters<typeof buildStatus>[0] => ({ spec, definitions, results, progress, now: new Date() });
  const publisher = createPublisher({
    cluster,
    pod: input.pod,
    readSummary: () => buildSummary(statusInput()),
    readStatus: () => buildStatus(statusInput()),
    log,
    signal,
  });
  results.onChange(() => publisher.touch());

  const end = (result: ExpectedResult, state: "skipped" | "failed" | "lost" | "timed-out", problem: ResultProblem): void => {
    log.warn("no result", { plugin: result.plugin, node: result.node, state, code: problem.code, problem: problem.message });
    results.update(result, { state, problem });
    journal
      .append({ type: "end", at: new Date().toISOString(), plugin: result.plugin, node: result.node, state, problem })
      .catch(() => log.warn("journal not written"));
  };
  const nodes = watchNodes(cluster, signal);
  const containerNames = new Map(definitions.map((definition) => [definition.name, pluginContainerName(definition)]));
  const supervisor = createSupervisor({ results, nodes, containerOf: (plugin) => containerNames.get(plugin) ?? plugin, end });
  nodes.onChange((name) => supervisor.seeNode(name));

  const limitReading = pLimit(2);
  const readings = new Set<Promise<void>>();
  const read = (result: ExpectedResult): void => {
    const reading = limitReading(() => readResult(input, result))
      .then((processed) => results.update(result, processed))
      .finally(() => readings.delete(reading));
    readings.add(reading);
  };
  for (const result of results.all()) if (result.upload) read(result);

  const server = await listen({
    ...input,
    results,
    supervisor,
    readStatus: () => buildStatus(statusInput()),
    readTarball: () => progress.tarball && { path: join(folders.work, progress.tarball.name), status: progress.tarball },
    onAccepted: read,
  });
  if (past.sealed) Object.assign(progress, { phase: "complete", ...past.sealed });
  else {
    const launcher = await createLauncher({ ...input, results, supervisor, ca: server.ca, aggregatorUrls: server.urls, end });
    const watching = watchPods(cluster, { spec, signal, onPod: (pod) => supervisor.see(pod) });
    const plugins = runPlugins({
      spec,
      definitions,
      results,
      nodes,
      start: launcher.start,
      end,
      signal,
      secondsLeft: () => spec.runTimeoutSeconds - (Date.now() - progress.startedAt.getTime()) / 1000,
    });
    await Promise.race([plugins, watching.then(() => plugins)]);
    progress.phase = "post-processing";
    publisher.touch();
    await launcher.settled();
    const snapshot = await readSnapshot(cluster, { folder: folders.tree, serverVersion: spec.serverVersion, signal });
    for (const query of snapshot.queries) if (query.error !== null) log.warn("not in the snapshot", { what: query.queryobj, error: query.error });
    await Promise.all(readings);
    progress.finishedAt = new Date();
    const status = buildStatus({ ...statusInput(), progress: { ...progress, phase: "complete" } });
    log.info("run ended", { outcome: status.outcome, result: status.resultStatus });
    const tarball = await seal({
      ...input,
      folder: folders.work,
      results,
      spoolFolder: folders.spool,
      treeFolder: folders.tree,
      snapshot,
      startedAt: progress.startedAt,
      status,
    });
    await journal.append({ type: "sealed", at: progress.finishedAt.toISOString(), tarball });
    Object.assign(progress, { phase: "complete", tarball });
    log.info("tarball sealed", { name: tarball.name, bytes: tarball.size, sha256: tarball.sha256 });
    await publisher.publish();
    supervisor.stop();
    await launcher.removeAll();
  }
  publisher.touch();
  await new Promise<void>((resolve) => (signal.aborted ? resolve() : signal.addEventListener("abort", () => resolve(), { once: true })));
  await server.close();
}

/** An accepted upload's status and counts; one that can't be read is unknown, and its bytes are in the tarball all the same. */
async function readResult(
  { definitions, folders, log }: Run,
  result: ExpectedResult,
): Promise<{ readonly resultStatus: string; readonly resultCounts: Record<string, number> }> {
  const definition = definitions.find(({ name }) => name === result.plugin);
  if (!definition || !result.upload) return { resultStatus: "unknown", resultCounts: {} };
  return processResult({ upload: result.upload, definition, node: result.node, spoolFolder: folders.spool }).catch((error: unknown) => {
    log.warn("result not read", { plugin: result.plugin, node: result.node, error: errorText(error) });
    return { resultStatus: "unknown", resultCounts: {} };
  });
}
