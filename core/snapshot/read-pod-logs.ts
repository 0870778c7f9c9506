import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { text as readText } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import type { Cluster } from "../cluster/cluster.ts";
import { tarballPaths } from "../contract/tarball-layout.ts";

/** No single container may fill the disk; the newest megabytes of a log are not what this cuts, the API server gives the oldest. */
const maxLogBytes = 10 * 1024 * 1024;

/** Writes the logs of a pod's containers below `folder`, and returns the sentences of those that could not be read. */
export async function readPodLogs(
  cluster: Cluster,
  input: { readonly namespace: string; readonly pod: string; readonly containers: readonly string[]; readonly folder: string; readonly signal: AbortSignal },
): Promise<readonly string[]> {
  const { namespace, pod, containers, folder, signal } = input;
  const problems: string[] = [];
  for (const container of containers) {
    const path = join(folder, tarballPaths.podLog(namespace, pod, container));
    const problem = await readLog(cluster, {
      path,
      signal,
      url: `/api/v1/namespaces/${namespace}/pods/${pod}/log`,
      query: { container, limitBytes: String(maxLogBytes) },
    }).catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
    if (problem !== undefined) problems.push(`${container}: ${problem}`);
  }
  return problems;
}

async function readLog(
  cluster: Cluster,
  { path, url, query, signal }: { readonly path: string; readonly url: string; readonly query: Record<string, string>; readonly signal: AbortSignal },
): Promise<string | undefined> {
  const answer = await cluster.fetch({ path: url, query, signal });
  if (answer.status !== 200) return (await readText(answer.body)).slice(0, 500);
  await mkdir(dirname(path), { recursive: true });
  await pipeline(answer.body, createWriteStream(path), { signal });
  return undefined;
}
