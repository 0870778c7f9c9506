import pLimit from "p-limit";
import type { Cluster } from "../../core/cluster/cluster.ts";
import { isKnownError } from "../../core/contract/known-error.ts";
import { listMetadata, type Found } from "./list-metadata.ts";
import type { Kind } from "./read-kinds.ts";

/** What is there, and the kinds that could not be looked at. */
export type Everything = { readonly found: readonly Found[]; readonly unseen: readonly Kind[] };

export type EverythingQuery = { readonly kinds: readonly Kind[]; readonly namespace?: string; readonly labelSelector?: string; readonly signal: AbortSignal };

const requestsAtOnce = 8;

/** The objects of all these kinds; one that may not be listed, or whose own server is down, costs only itself. */
export async function listEverything(cluster: Cluster, { kinds, ...query }: EverythingQuery): Promise<Everything> {
  const limit = pLimit(requestsAtOnce);
  const unseen: Kind[] = [];
  const lists = await Promise.all(
    kinds.map((kind) =>
      limit(() =>
        listMetadata(cluster, { kind, ...query }).catch((error: unknown) => {
          if (!isKnownError(error) || error.code === "credentials-expired" || (error.code === "cluster-unreachable" && isMadeByRuns(kind))) throw error;
          unseen.push(kind);
          return [];
        }),
      ),
    ),
  );
  return { found: lists.flat(), unseen };
}

/** Whether runs make objects of a kind by themselves; all these are the API server's own, so where they fail it is down. */
export const isMadeByRuns = ({ plural }: Kind): boolean => kindsOfRuns.includes(plural);

const kindsOfRuns: readonly string[] =
  "deployments replicasets jobs pods services configmaps secrets serviceaccounts roles rolebindings clusterroles clusterrolebindings".split(" ");
