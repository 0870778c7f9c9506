import type { Cluster } from "../core/cluster/cluster.ts";
import { errorText } from "./error-text.ts";
import type { Log } from "./log.ts";

/** The uid of the namespace kube-system, which stays as long as the cluster; undefined, and a line in the log, where that can't be read. */
export async function readClusterUid(cluster: Cluster, { log, signal }: { readonly log: Log; readonly signal: AbortSignal }): Promise<string | undefined> {
  try {
    const within = AbortSignal.any([signal, AbortSignal.timeout(longestMilliseconds)]);
    const query = { apiVersion: "v1", kind: "Namespace", fieldSelector: "metadata.name=kube-system", signal: within };
    for await (const page of cluster.list(query)) {
      const found = page.find(({ metadata }) => metadata.name === "kube-system");
      if (found?.metadata.uid !== undefined) return found.metadata.uid;
    }
  } catch (error) {
    signal.throwIfAborted();
    log.warn("the cluster's identity is not known", { error: errorText(error) });
  }
  return undefined;
}

/** A tarball is not to wait for it. */
const longestMilliseconds = 10_000;
