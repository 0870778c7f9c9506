import pLimit from "p-limit";
import type { Cluster } from "../cluster/cluster.ts";
import { tarballPaths } from "../contract/tarball-layout.ts";
import { createBudget } from "./budget.ts";
import { buildCoverage, type Tally } from "./build-coverage.ts";
import { createHealthTally } from "./cluster-health.ts";
import { chooseKinds } from "./discovery/choose-kinds.ts";
import { isCustom, readDefinitions } from "./discovery/read-definitions.ts";
import { readKinds } from "./discovery/read-kinds.ts";
import { findWays } from "./kubelets/find-ways.ts";
import { createReachability } from "./kubelets/reachability.ts";
import { readKubelets } from "./kubelets/read-kubelets.ts";
import { createLogChoice } from "./logs/choose-logs.ts";
import { readLogs } from "./logs/read-logs.ts";
import { createNamespaceFinder } from "./objects/find-namespaces.ts";
import { createPassers } from "./objects/passers.ts";
import { readObjects, type ReadObjects } from "./objects/read-objects.ts";
import { createAsker } from "./requests/ask.ts";
import { readServerFacts } from "./server/read-server-facts.ts";
import { createFiles } from "./snapshot-files.ts";
import type { Snapshot, SnapshotInput } from "./snapshot-input.ts";
import { createRecord } from "./snapshot-record.ts";

/** Reads the cluster into files, as far as it can be read; see Snapshot and SnapshotInput for what is promised. */
export async function readSnapshot(
  cluster: Cluster,
  { options, writer, redaction, kubeletToken, onProgress, signal: wanted }: SnapshotInput,
): Promise<Snapshot> {
  const startedAt = new Date();
  const over = new AbortController();
  const signal = AbortSignal.any([wanted, over.signal]);
  const asker = createAsker(cluster, { ...options, signal });
  const files = createFiles(writer, redaction);
  const record = createRecord(signal, files.cleanText);
  const budget = createBudget(options.maxBytes);
  const reachability = createReachability();
  const tally: Tally = { kinds: 0, allKinds: 0, objects: 0, logs: 0, allLogs: 0 };
  const tell = (): void => onProgress?.({ ...tally, requests: asker.cost.requests, receivedBytes: asker.cost.receivedBytes });
  const ticker = setInterval(tell, progressMilliseconds);
  const health = createHealthTally();
  const logChoice = options.logs && createLogChoice(options.logs);
  const passers = createPassers({ health, onPod: (pod) => logChoice?.see(pod) });
  const reading = { asker, files, record, budget, options, signal };

  const askKubelets = async (objects: ReadObjects): Promise<void> => {
    if (!options.kubelets) return;
    const [ways] = await Promise.all([findWays({ asker, cluster, way: options.kubeletWay, askToken: kubeletToken, signal }), objects.nodes]);
    await readKubelets(passers.nodes, { ...reading, ways, reachability, limit: pLimit(kubeletsAtOnce) });
  };
  const fetchLogs = async (objects: ReadObjects): Promise<void> => {
    await objects.pods;
    if (!options.logs || !logChoice) return;
    const { targets, more } = logChoice.chosen();
    tally.allLogs = targets.length;
    if (more > 0) record.omit({ what: "logs", why: "there are too many", count: more });
    const onLog = (): void => void tally.logs++;
    const logBudget = createBudget(options.maxLogBytes, budget);
    await readLogs(targets, { ...reading, options: options.logs, budget: logBudget, reachability, limit: pLimit(logsAtOnce), onLog });
  };
  const readAll = async (): Promise<readonly object[]> => {
    const kinds = await readKinds({ asker, record, groups: options.groups });
    const chosen = chooseKinds(kinds, options);
    tally.allKinds = chosen.length;
    const learning = redaction === undefined ? Promise.resolve() : readDefinitions(asker, kinds, signal).then((definitions) => files.learn(definitions));
    const findNamespaces = createNamespaceFinder(asker, { options, home: cluster.namespace, record, signal });
    const onKind = (): void => void tally.kinds++;
    const objects = readObjects(chosen, {
      ...reading,
      findNamespaces,
      ready: (kind) => (isCustom(kind) ? learning : Promise.resolve()),
      onKind,
      onItem: (kind, item, parsed) => {
        tally.objects++;
        passers.pass(kind, item, parsed);
      },
    });
    await Promise.all([learning, objects.all, objects.nodes, objects.pods, askKubelets(objects), fetchLogs(objects)]);
    return kinds;
  };
  try {
    const [serverVersion, kinds] = await Promise.all([readServerFacts(reading), readAll()]);
    const clusterHealth = health.read(serverVersion);
    await files.put(tarballPaths.kinds, renderJson(kinds));
    await files.put(tarballPaths.queryTime, renderJson(record.queries));
    await files.put(tarballPaths.clusterHealth, renderJson(clusterHealth));
    const coverage = buildCoverage({
      startedAt,
      finishedAt: new Date(),
      tally,
      cost: asker.cost,
      writtenBytes: files.writtenBytes(),
      record,
      isRedacted: redaction !== undefined,
      options,
    });
    await files.put(tarballPaths.snapshot, renderJson(coverage));
    tell();
    return { coverage, health: clusterHealth };
  } finally {
    clearInterval(ticker);
    // Where one part has failed for good, the others need not go on.
    over.abort();
  }
}

const progressMilliseconds = 250;
const kubeletsAtOnce = 16;
const logsAtOnce = 8;

const renderJson = (value: unknown): Buffer => Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
