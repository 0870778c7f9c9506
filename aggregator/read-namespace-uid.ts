import type { Cluster } from "../core/cluster/cluster.ts";
import { errorText } from "./error-text.ts";
import type { Log } from "./log.ts";

type Input = { readonly name: string; readonly log: Log; readonly signal: AbortSignal };

/** The uid of a namespace; undefined, and a line in the log, where that can't be read. */
export async function readNamespaceUid(cluster: Cluster, { name, log, signal }: Input): Promise<string | undefined> {
  try {
    const within = AbortSignal.any([signal, AbortSignal.timeout(longestMilliseconds)]);
    const query = { apiVersion: "v1", kind: "Namespace", fieldSelector: `metadata.name=${name}`, signal: within };
    for await (const page of cluster.list(query)) {
      const found = page.find(({ metadata }) => metadata.name === name);
      if (found?.metadata.uid !== undefined) return found.metadata.uid;
    }
  } catch (error) {
    signal.throwIfAborted();
    log.warn("a namespace's uid is not known", { namespace: name, error: errorText(error) });
  }
  return undefined;
}

/** A tarball is not to wait for it. */
const longestMilliseconds = 10_000;
