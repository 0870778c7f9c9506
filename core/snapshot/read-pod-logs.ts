import { text as readText } from "node:stream/consumers";
import type { Cluster } from "../cluster/cluster.ts";
import { tarballPaths } from "../contract/tarball-layout.ts";
import { folderWriter } from "./folder-writer.ts";
import { createFiles, type SnapshotFiles } from "./snapshot-files.ts";
import type { SnapshotRedaction } from "./snapshot-redaction.ts";

/** No single container may fill the disk; the newest megabytes of a log are not what this cuts, the API server gives the oldest. */
const maxLogBytes = 10 * 1024 * 1024;

/** Writes the logs of a pod's containers below `folder`, and returns the sentences of those that could not be read. */
export async function readPodLogs(cluster: Cluster, { namespace, pod, containers, folder, redaction, signal }: PodLogs): Promise<readonly string[]> {
  const problems: string[] = [];
  const files = createFiles(folderWriter(folder), redaction);
  for (const container of containers) {
    const problem = await readLog(cluster, {
      files,
      path: tarballPaths.podLog(namespace, pod, container),
      signal,
      url: `/api/v1/namespaces/${namespace}/pods/${pod}/log`,
      query: { container, limitBytes: String(maxLogBytes) },
    }).catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
    if (problem !== undefined) problems.push(`${container}: ${problem}`);
  }
  return problems;
}

export type PodLogs = {
  readonly namespace: string;
  readonly pod: string;
  readonly containers: readonly string[];
  readonly folder: string;
  /** Without it they are kept as they are. */
  readonly redaction: SnapshotRedaction | undefined;
  readonly signal: AbortSignal;
};

type LogQuestion = {
  readonly files: SnapshotFiles;
  readonly path: string;
  readonly url: string;
  readonly query: Record<string, string>;
  readonly signal: AbortSignal;
};

async function readLog(cluster: Cluster, { files, path, url, query, signal }: LogQuestion): Promise<string | undefined> {
  const answer = await cluster.fetch({ path: url, query, signal });
  if (answer.status !== 200) return files.cleanText((await readText(answer.body)).slice(0, 500));
  await files.put(path, answer.body);
  return undefined;
}
