import pLimit from "p-limit";
import type { Cluster } from "../cluster/cluster.ts";
import { tarballPaths } from "../contract/tarball-layout.ts";
import { createBudget } from "./budget.ts";
import { buildCoverage, type Tally } from "./build-coverage.ts";
import { createHealthTally } from "./cluster-health.ts";
import { chooseKinds } from "./discovery/choose-kinds.ts";
import { readKinds } from "./discovery/read-kinds.ts";
import { createReachability } from "./kubelets/reachability.ts";
import { readKubelets } from "./kubelets/read-kubelets.ts";
import { createLogChoice } from "./logs/choose-logs.ts";
import { readLogs } from "./logs/read-logs.ts";
import { createNamespaceFinder } from "./objects/find-namespaces.ts";
import { createPassers } from "./objects/passers.ts";
import { readKind } from "./objects/read-kind.ts";
import { createAsker } from "./requests/ask.ts";
import { readServerFacts } from "./server/read-server-facts.ts";
import { createFiles } from "./snapshot-files.ts";
import type { Snapshot, SnapshotInput } from "./snapshot-input.ts";
import { createRecord } from "./snapshot-record.ts";

/** Reads the cluster into files, as far as it can be read; see Snapshot and SnapshotInput for what is promised. */
export async function readSnapshot(cluster: Cluster, { options, writer, onProgress, signal: wanted }: SnapshotInput): Promise<Snapshot> {
  const startedAt = new Date();
  const end = new AbortController();
  const signal = AbortSignal.any([wanted, end.signal]);
  const asker = createAsker(cluster, { ...options, signal });
  const record = createRecord(signal);
  const files = createFiles(writer);
  const budget = createBudget(options.maxBytes);
  const reachability = createReachability();
  const tally: Tally = { kinds: 0, allKinds: 0, objects: 0, logs: 0, allLogs: 0 };
  const tell = (): void => onProgress?.({ ...tally, requests: asker.cost.requests, receivedBytes: asker.cost.receivedBytes });
  const ticker = setInterval(tell, progressMilliseconds);
  const health = createHealthTally();
  const logChoice = options.logs && createLogChoice(options.logs);
  const { nodes, pass } = createPassers({ health, onPod: (pod) => logChoice?.see(pod) });
  const reading = { asker, files, record, budget, options, signal };
  try {
    const versions = readServerFacts(reading);
    versions.catch((error: unknown) => end.abort(error));
    const kinds = await readKinds(asker, record);
    const wanted = chooseKinds(kinds, options);
    tally.allKinds = wanted.length;
    const lists = pLimit(listsAtOnce);
    const findNamespaces = createNamespaceFinder(asker, { options, home: cluster.namespace, record, signal });
    const done = new Map(
      wanted.map((kind) => [
        kind,
        lists(async () => {
          const onItem = (item: Parameters<typeof pass>[1]): void => {
            tally.objects++;
            pass(kind, item);
          };
          if (await readKind(kind, { ...reading, findNamespaces, onItem })) tally.kinds++;
        }),
      ]),
    );
    const untilRead = (plural: string): Promise<unknown> => Promise.all([...done].map(([kind, end]) => kind.group === "" && kind.plural === plural && end));
    const askKubelets = async (): Promise<void> => {
      await untilRead("nodes");
      if (options.kubelets) await readKubelets(nodes, { ...reading, reachability, limit: pLimit(kubeletsAtOnce) });
    };
    const fetchLogs = async (): Promise<void> => {
      await untilRead("pods");
      if (!options.logs || !logChoice) return;
      const { targets, more } = logChoice.chosen();
      tally.allLogs = targets.length;
      if (more > 0) record.omit({ what: "logs", why: "there are too many", count: more });
      const limit = pLimit(logsAtOnce);
      const onLog = (): void => void tally.logs++;
      await readLogs(targets, { ...reading, options: options.logs, budget: createBudget(options.maxLogBytes, budget), reachability, limit, onLog });
    };
    const [serverVersion] = await Promise.all([versions, askKubelets(), fetchLogs(), ...done.values()]);
    const clusterHealth = health.read(serverVersion);
    await files.put(tarballPaths.kinds, renderJson(kinds));
    await files.put(tarballPaths.queryTime, renderJson(record.queries));
    await files.put(tarballPaths.clusterHealth, renderJson(clusterHealth));
    const coverage = buildCoverage({ startedAt, finishedAt: new Date(), tally, cost: asker.cost, writtenBytes: files.writtenBytes(), record, options });
    await files.put(tarballPaths.snapshot, renderJson(coverage));
    tell();
    return { coverage, health: clusterHealth };
  } finally {
    clearInterval(ticker);
    // What else is being read when one part has failed for good.
    end.abort();
  }
}

const progressMilliseconds = 250;
const listsAtOnce = 6;
const kubeletsAtOnce = 16;
const logsAtOnce = 8;

const renderJson = (value: unknown): Buffer => Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
