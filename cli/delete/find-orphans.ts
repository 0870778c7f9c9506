import type { Cluster } from "../../core/cluster/cluster.ts";
import { labels } from "../../core/contract/names.ts";
import type { Judgements } from "./find-leftovers.ts";
import { isMadeByRuns, listEverything } from "./list-everything.ts";
import type { Found } from "./list-metadata.ts";
import type { Kind } from "./read-kinds.ts";

/** Cluster-scoped objects of runs whose namespace is gone: the cluster's own collector should have taken them. */
export async function findOrphans(
  cluster: Cluster,
  {
    kinds,
    namespaces,
    alive,
    signal,
  }: { readonly kinds: readonly Kind[]; readonly namespaces: readonly Found[]; readonly alive: ReadonlySet<string>; readonly signal: AbortSignal },
): Promise<Judgements> {
  const outside = kinds.filter((kind) => !kind.namespaced && isMadeByRuns(kind));
  const { found } = await listEverything(cluster, { kinds: outside, labelSelector: labels.run, signal });
  const [names, uids] = [new Set(namespaces.map(({ metadata }) => metadata.name)), new Set(namespaces.map(({ metadata }) => metadata.uid))];
  const fates = found
    .filter(({ metadata }) => !alive.has(metadata.labels?.[labels.run] ?? ""))
    .map((each) => {
      const name = each.metadata.labels?.[labels.namespace];
      const owners = (each.metadata.ownerReferences ?? []).filter(({ kind }) => kind === "Namespace");
      const isNamed = name !== undefined || owners.length > 0;
      return { found: each, isNamed, isGone: isNamed && !names.has(name ?? "") && owners.every(({ uid }) => !uids.has(uid)) };
    });
  return {
    sure: fates.filter(({ isGone }) => isGone).map((each) => ({ found: each.found, why: "of a run whose namespace is gone" })),
    unsure: fates.filter(({ isNamed }) => !isNamed).map((each) => ({ found: each.found, why: "it bears a run's label, but says no namespace" })),
  };
}
