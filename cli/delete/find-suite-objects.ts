import type { Cluster } from "../../core/cluster/cluster.ts";
import { isKnownError } from "../../core/contract/known-error.ts";
import { labels } from "../../core/contract/names.ts";
import { listAll } from "../list-all.ts";
import type { Judged, Judgements } from "./find-leftovers.ts";
import { judgeE2e, type Verdict } from "./judge-e2e.ts";
import { listMetadata, type Found } from "./list-metadata.ts";
import type { Kind } from "./read-kinds.ts";

/** What Kubernetes' end-to-end tests have left: what could break the cluster first, so that it can't stand in the way of the rest. */
export async function findSuiteObjects(
  cluster: Cluster,
  { namespaces, signal }: { readonly namespaces: readonly Found[]; readonly signal: AbortSignal },
): Promise<Judgements & { readonly unseen: readonly Kind[] }> {
  const judge = judgeE2e(namespaces.map(({ metadata }) => metadata));
  const judged: { readonly found: Found; readonly verdict: Verdict | undefined }[] = [];
  const unseen: Kind[] = [];
  for (const family of ["webhook", "apiService", "volume"] as const)
    for (const kind of suiteKinds[family])
      for (const object of await seen(kind, listAll(cluster, { apiVersion: kind.apiVersion, kind: kind.kind, signal }), unseen))
        judged.push({ found: { kind, metadata: object.metadata }, verdict: judge[family](object) });
  for (const found of await seen(definitionKind, listMetadata(cluster, { kind: definitionKind, signal }), unseen))
    judged.push({ found, verdict: judge.definition(found.metadata) });
  for (const found of namespaces) judged.push({ found, verdict: judge.namespace(found.metadata) });
  const those = (is: Verdict["is"]): readonly Judged[] =>
    judged.flatMap(({ found, verdict }) => (verdict?.is === is && found.metadata.deletionTimestamp === undefined ? [{ found, why: verdict.why }] : []));
  return { sure: those("yes"), unsure: those("perhaps"), unseen };
}

/** A suite's pod that has not ended, in a namespace that stays: Sonobuoy's, ours, or Hydrophone's. */
export async function findBusySuite(
  cluster: Cluster,
  { except, signal }: { readonly except: readonly string[]; readonly signal: AbortSignal },
): Promise<string | undefined> {
  const labelSelector = `${labels.sonobuoyComponent} in (sonobuoy,conformance),${labels.sonobuoyRole}!=aggregator`;
  const pods = await listAll(cluster, {
    apiVersion: "v1",
    kind: "Pod",
    labelSelector,
    fieldSelector: "status.phase!=Succeeded,status.phase!=Failed",
    signal,
  });
  const busy = pods.find(({ metadata }) => !except.includes(metadata.namespace ?? ""));
  return busy && `${busy.metadata.namespace}/${busy.metadata.name}`;
}

const suiteKinds = {
  webhook: ["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"].map((kind) => ({
    apiVersion: "admissionregistration.k8s.io/v1",
    kind,
    plural: `${kind.toLowerCase()}s`,
    namespaced: false,
  })),
  apiService: [{ apiVersion: "apiregistration.k8s.io/v1", kind: "APIService", plural: "apiservices", namespaced: false }],
  volume: [{ apiVersion: "v1", kind: "PersistentVolume", plural: "persistentvolumes", namespaced: false }],
} as const satisfies Record<string, readonly Kind[]>;

const definitionKind: Kind = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  plural: "customresourcedefinitions",
  namespaced: false,
};

/** What may not be listed, or is not served, costs only itself. */
async function seen<One>(kind: Kind, listing: Promise<readonly One[]>, unseen: Kind[]): Promise<readonly One[]> {
  try {
    return await listing;
  } catch (error) {
    if (!isKnownError(error) || !["cluster-refused", "not-found"].includes(error.code)) throw error;
    unseen.push(kind);
    return [];
  }
}
