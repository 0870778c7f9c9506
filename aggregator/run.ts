import { join } from "node:path";
import type { Cluster } from "../core/cluster/cluster.ts";
import { globalNode } from "../core/contract/names.ts";
import type { PluginDefinition } from "../core/contract/plugin-definition.ts";
import type { RunSpec } from "../core/contract/run-spec.ts";
import { beginProgress } from "./begin-progress.ts";
import { endInOrder } from "./end-in-order.ts";
import { gather } from "./gather.ts";
import { createGate } from "./ingest/gate.ts";
import type { Journal } from "./ingest/journal.ts";
import { findSurvivors } from "./launch/find-survivors.ts";
import { createLauncher } from "./launch/launcher.ts";
import type { Launcher } from "./launch/launcher.ts";
import { createNodeTurns } from "./launch/node-turns.ts";
import { pluginContainerName } from "./launch/plugin-pod.ts";
import { removeObjects } from "./launch/retire.ts";
import { runPlugins } from "./launch/run-plugins.ts";
import { recordExpectedNodes } from "./lease/expected-record.ts";
import type { Lease } from "./lease/hold-lease.ts";
import { createRetiredRecord } from "./lease/retired-record.ts";
import { markSealed, parseSealedMark } from "./lease/sealed-mark.ts";
import type { Log } from "./log.ts";
import { listen } from "./listen.ts";
import { createResultReading } from "./read-results.ts";
import { replayJournal } from "./replay-journal.ts";
import type { RunRedaction } from "./redaction/run-redaction.ts";
import { createContacts } from "./reach/contacts.ts";
import { keepTunnels, usualReachTimings } from "./reach/keep-tunnels.ts";
import { openTunnel } from "./reach/open-tunnel.ts";
import type { ExpectedResult, ResultProblem } from "./state/expected-results.ts";
import { createEndedPlugins } from "./state/ended-plugins.ts";
import { createExpectedResults, isEnded } from "./state/expected-results.ts";
import { buildStatus, buildStatusPage, buildSummary } from "./status/build-status.ts";
import { createPublisher } from "./status/publish-status.ts";
import { watchEvents } from "./watch/event-watch.ts";
import { watchNamespace } from "./watch/namespace-watch.ts";
import { watchNodes } from "./watch/node-watch.ts";
import { watchPods } from "./watch/pod-watch.ts";
import { createSupervisor } from "./watch/supervise.ts";
import { takeSnapshot } from "./take-snapshot.ts";
import type { TakenOver } from "./take-over.ts";
import { accountForGoneNodes, explainLoss, takeOver } from "./take-over.ts";
import { errorText } from "./error-text.ts";

export type Run = {
  readonly cluster: Cluster;
  readonly spec: RunSpec;
  readonly definitions: readonly PluginDefinition[];
  readonly pod: { readonly name: string; readonly namespace: string; readonly ips: readonly string[]; readonly nodeName: string | undefined };
  readonly folders: { readonly work: string; readonly spool: string; readonly tree: string };
  readonly journal: Journal;
  readonly log: Log;
  readonly logFile: string;
  readonly lease: Lease;
  readonly redaction: RunRedaction;
  /** Aborts when this aggregator is to end: it does so in order, and another goes on. */
  readonly terminated: AbortSignal;
  /** Aborts once nothing at all is to be done any more. */
  readonly signal: AbortSignal;
};

/** The whole of a run: launch the plugins, take in their results, look at the cluster, seal the tarball, announce it, and serve it until it is terminated. */
export async function run(input: Run): Promise<void> {
  const { cluster, spec, definitions, folders, journal, lease, log, terminated, signal } = input;
  const results = createExpectedResults(() => new Date());
  const ended = createEndedPlugins();
  const past = replayJournal(journal, results);
  const progress = beginProgress(past, lease, spec.namespace);
  if (!past.startedAt) await journal.append({ type: "start", at: progress.startedAt.toISOString() });
  if (lease.isInherited) log.info(past.startedAt ? "going on from the journal" : "in place of an aggregator that was lost", { phase: progress.phase });
  const reading = createResultReading({ ...input, results });
  for (const result of results.all()) if (result.upload) reading.read(result);
  // A run that is complete is never shown without what its results mean.
  if (progress.phase === "complete") await reading.settled();
  const statusInput = (): Parameters<typeof buildStatus>[0] => ({ spec, definitions, results, progress, pod: input.pod, now: new Date() });
  const publisher = createPublisher({
    cluster,
    pod: input.pod,
    readStatus: () => buildStatus(statusInput()),
    log,
    signal,
  });
  results.onChange(() => publisher.touch());

  let taken: TakenOver = new Map();
  const end = (result: ExpectedResult, judged: EndState, named: ResultProblem): void => {
    const loss = explainLoss(result, taken, supervisor.podOf(result)?.view);
    const [state, problem] = loss ? (["lost", loss] as const) : [judged, named];
    log.warn("no result", { plugin: result.plugin, node: result.node, state, code: problem.code, problem: problem.message });
    results.update(result, { state, problem });
    journal
      .append({ type: "end", at: new Date().toISOString(), plugin: result.plugin, node: result.node, state, problem })
      .catch(() => log.warn("journal not written"));
  };
  const nodes = watchNodes(cluster, signal);
  const containerNames = new Map(definitions.map((definition) => [definition.name, pluginContainerName(definition)]));
  const { namespace } = spec;
  const events = watchEvents(cluster, { namespace, signal, onEvent: (uid) => supervisor.seeEvent(uid) });
  let isNamespaceGoing = false;
  let launcher: Launcher | undefined;
  const supervisor = createSupervisor({
    results,
    namespace,
    nodes,
    events,
    isNamespaceGoing: () => isNamespaceGoing,
    containerOf: (plugin) => containerNames.get(plugin) ?? plugin,
    end,
    again: (result, problem) => launcher?.again(result, problem) ?? false,
  });
  nodes.onChange((name) => supervisor.seeNode(name));
  const doWithout = (what: string) => (error: unknown) => void (signal.aborted || log.warn("not watched", { what, error: errorText(error) }));
  events.watching.catch(doWithout("events"));
  const seeNamespace = (): void => {
    isNamespaceGoing = true;
    for (const result of results.all()) supervisor.look(result);
  };
  watchNamespace(cluster, { namespace, signal, onGoing: seeNamespace }).catch(doWithout("namespace"));

  const survivors = lease.isInherited ? await findSurvivors(cluster, spec, signal) : { made: [], pods: [] };
  const isOver = progress.phase === "complete";
  if (!isOver) {
    taken = takeOver(survivors.made, { results, supervisor, lease, end });
    for (const pod of survivors.pods) supervisor.see(pod);
    // Before any plugin is launched, which waits for the nodes too.
    nodes.ready.then(() => accountForGoneNodes(lease, { results, nodes, end })).catch(() => undefined);
  }
  const gate = createGate();
  const contacts = createContacts();
  const server = await listen({
    ...input,
    contacts,
    gate,
    results,
    ended,
    supervisor,
    readStatus: (page) => buildStatusPage(statusInput(), page),
    isSealed: () => progress.phase === "complete",
    readTarball: () => progress.tarball && { path: join(folders.work, progress.tarball.name), status: progress.tarball },
    onAccepted: (result) => reading.read(result),
  });
  const staying = new Set(definitions.filter(({ skipCleanup }) => skipCleanup).map(({ name }) => name));
  const turns = createNodeTurns({
    limit: spec.maxNodesAtOnce ?? Infinity,
    results,
    isMade: (result) => taken.has(result),
    untilGone: (result) => (staying.has(result.plugin) ? Promise.resolve() : supervisor.untilGone(result)),
    signal,
  });
  // What lies on a volume is the next aggregator's as well.
  const retired = spec.hasVolume ? { add: () => Promise.resolve() } : createRetiredRecord(lease);

  const work = async (): Promise<void> => {
    // An aggregator that goes on from another one can't know whether plugins have begun.
    if (!past.startedAt && !lease.isInherited) await takeSnapshot("before", { cluster, spec, folder: folders.tree, log, signal });
    keepTunnels({
      results,
      contacts,
      podOf: (result) => supervisor.podOf(result),
      openTunnel: (to, during) => openTunnel(cluster, { namespace, ...to, signal: during }),
      look: supervisor.look,
      timings: { ...usualReachTimings, acquaintance: lease.isInherited ? acquaintanceMilliseconds : 0 },
      log,
      signal,
    });
    launcher = await createLauncher({ ...input, results, supervisor, survivors: taken, retired, ca: server.ca, aggregatorUrls: server.urls });
    const watching = watchPods(cluster, { spec, signal, onPod: (pod) => supervisor.see(pod) });
    // Before nodes that have nothing yet get a turn.
    if (spec.maxNodesAtOnce !== undefined)
      for (const result of taken.keys()) if (!isEnded(result) && result.node !== globalNode) turns.take(result).catch(() => undefined);
    const record = recordExpectedNodes(lease, results, log);
    const plugins = runPlugins({
      spec,
      definitions,
      results,
      ended,
      nodes,
      record,
      start: launcher.start,
      stop: launcher.stop,
      look: supervisor.look,
      end,
      signal,
      secondsGone: (plugin, node) =>
        secondsSince([...taken.values()].filter((made) => made.plugin === plugin && (node ?? made.node) === made.node).map(({ madeAt }) => madeAt)),
      turns: spec.maxNodesAtOnce === undefined ? undefined : turns,
      secondsLeft: () => spec.runTimeoutSeconds - (Date.now() - progress.startedAt.getTime()) / 1000,
    });
    await Promise.race([plugins, watching.then(() => plugins)]);
    await gather({ ...input, results, progress, launcher, reading, gate, publisher });
    supervisor.stop();
    await launcher.removeAll();
  };
  /** Nothing is run again; what an earlier life had not come to remove is removed. */
  const goOn = async (): Promise<void> => {
    if (progress.tarball && !parseSealedMark(lease.inheritance))
      await markSealed(lease, { tarball: progress.tarball, outcome: buildSummary(statusInput()).outcome, holder: input.pod.name });
    for (const { plugin, launched } of survivors.made)
      if (!staying.has(plugin)) await removeObjects(cluster, { namespace, pod: undefined, launched, log, signal });
  };
  const ending = untilAborted(terminated);
  await Promise.race([(isOver ? goOn() : work()).then(() => ending), ending]);
  await endInOrder({ gate, publisher, log });
  await server.close();
}

/** Workers that have delivered to an earlier aggregator pause for up to 40 s between two polls. */
const acquaintanceMilliseconds = 15_000;

type EndState = "skipped" | "failed" | "lost" | "timed-out";

/** Whole seconds since the earliest of the dates; 0 where there is none. */
const secondsSince = (dates: readonly Date[]): number =>
  dates.length === 0 ? 0 : Math.max(0, Math.round((Date.now() - Math.min(...dates.map((date) => date.getTime()))) / 1000));

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => (signal.aborted ? resolve() : signal.addEventListener("abort", () => resolve(), { once: true })));
