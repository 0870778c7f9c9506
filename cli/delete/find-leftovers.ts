import type { Cluster } from "../../core/cluster/cluster.ts";
import { annotations, labels, objectNames } from "../../core/contract/names.ts";
import { listAll } from "../list-all.ts";
import { aggregatorSelector, readView } from "../follow/read-view.ts";
import { findBusySuite, findSuiteObjects } from "./find-suite-objects.ts";
import { findOrphans } from "./find-orphans.ts";
import { listMetadata, type Found } from "./list-metadata.ts";
import type { Kind } from "./read-kinds.ts";
import { namespaceKind, readRunDeletion, type RunDeletion } from "./run-deletion.ts";

/** What runs and e2e suites have left in a cluster: what to delete, what not and why, and the kinds that could not be looked at. */
export type Leftovers = {
  readonly runs: readonly RunDeletion[];
  readonly objects: readonly Judged[];
  readonly left: readonly Judged[];
  readonly unseen: readonly Kind[];
};

export type Judged = { readonly found: Found; readonly why: string };

/** What is surely left over, and what a person must judge. */
export type Judgements = { readonly sure: readonly Judged[]; readonly unsure: readonly Judged[] };

export type LeftoversQuery = {
  /** The run here goes whatever it does; others only when they are complete. */
  readonly namespace: string;
  readonly kinds: readonly Kind[];
  readonly signal: AbortSignal;
};

/** Looks through the whole cluster; changes nothing. KnownError when namespaces, or what runs are made of, can't be listed. */
export async function findLeftovers(cluster: Cluster, { namespace, kinds, signal }: LeftoversQuery): Promise<Leftovers> {
  const namespaces = await listMetadata(cluster, { kind: namespaceKind, signal });
  const locks = await listMetadata(cluster, { kind: configMapKind, labelSelector: labels.run, signal });
  const going = await listGoing(cluster, signal);
  const places = [
    ...namespaces.flatMap(({ metadata }) => (metadata.annotations?.[annotations.madeBy] === undefined ? [] : [metadata.name])),
    ...locks.flatMap(({ metadata }) => (metadata.name === objectNames.runConfigMap ? [metadata.namespace ?? ""] : [])),
  ];
  const stays = going.filter((name) => name !== namespace);
  const runs: RunDeletion[] = [];
  for (const name of new Set([namespace, ...places])) if (!stays.includes(name)) runs.push(await readRunDeletion(cluster, { namespace: name, kinds, signal }));
  const alive = new Set([...namespaces, ...locks].flatMap(({ metadata }) => metadata.labels?.[labels.run] ?? metadata.annotations?.[annotations.madeBy] ?? []));
  const orphans = await findOrphans(cluster, { kinds, namespaces, alive, signal });
  const suite = await findSuiteObjects(cluster, { namespaces, signal });
  const busy = await findBusySuite(cluster, { except: runs.map(({ name }) => name), signal });
  const isBusy = busy !== undefined;
  return {
    runs: runs.filter(({ gone, namespace: fate }) => gone.length > 0 || fate === "shared" || fate === "unseen"),
    objects: [...orphans.sure, ...(isBusy ? [] : suite.sure)],
    left: [
      ...stays.flatMap((name) => namespaces.filter(({ metadata }) => metadata.name === name)).map((found) => ({ found, why: describeGoing(found) })),
      ...orphans.unsure,
      ...suite.unsure,
      ...(isBusy ? suite.sure.map(({ found }) => ({ found, why: `pod ${busy} may be using it` })) : []),
    ],
    unseen: [...runs.flatMap(({ unseen }) => unseen), ...suite.unseen],
  };
}

const describeGoing = ({ metadata: { name } }: Found): string => `its run goes on; \`asdic delete -n ${name}\` ends it`;

const configMapKind: Kind = { apiVersion: "v1", kind: "ConfigMap", plural: "configmaps", namespaced: true };
const deploymentKind: Kind = { apiVersion: "apps/v1", kind: "Deployment", plural: "deployments", namespaced: true };

/** The namespaces whose run is not complete. */
async function listGoing(cluster: Cluster, signal: AbortSignal): Promise<readonly string[]> {
  const deployments = await listMetadata(cluster, { kind: deploymentKind, labelSelector: labels.run, signal });
  const pods = await listAll(cluster, { apiVersion: "v1", kind: "Pod", labelSelector: aggregatorSelector, signal });
  return deployments
    .filter(({ metadata }) => metadata.name === objectNames.aggregator && metadata.deletionTimestamp === undefined)
    .map(({ metadata }) => metadata.namespace ?? "")
    .filter((name) => {
      const own = pods.filter((pod) => pod.metadata.namespace === name);
      return readView(own, undefined).summary?.phase !== "complete";
    });
}
