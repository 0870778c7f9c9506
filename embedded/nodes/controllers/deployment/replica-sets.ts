import { isDeepStrictEqual } from "node:util";
import type { JsonObject } from "../../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { field } from "../../../../core/kubernetes/field.ts";
import { keyOf, typeOf } from "../../../objects/object-key.ts";
import { numberAt, objectAt, stringsAt } from "../../../objects/object-fields.ts";
import { controllerOf } from "../../../objects/pod-state.ts";
import type { Cluster } from "../controller.ts";
import { controllerReference } from "../owned-pods.ts";
import { hashedSuffix } from "../../../objects/name-suffix.ts";

/** A Deployment's ReplicaSets: the one of its present template, if it is made already, and the earlier ones. */
export type ReplicaSets = { readonly current: KubernetesObject | undefined; readonly old: readonly KubernetesObject[] };

export function findReplicaSets({ api }: Cluster, deployment: KubernetesObject): ReplicaSets {
  const own = api
    .list(typeOf(api, "apps/v1", "ReplicaSet"), { namespace: deployment.metadata.namespace ?? "" })
    .filter((set) => controllerOf(set)?.uid === deployment.metadata.uid);
  const template = field(deployment, "spec", "template");
  const current = own.find((set) => isDeepStrictEqual(withoutHash(field(set, "spec", "template")), withoutHash(template)));
  return { current, old: own.filter((set) => set !== current) };
}

/** Makes the ReplicaSet of a Deployment's template, or gives the one that is there the newest revision. */
export function ensureCurrent(
  cluster: Cluster,
  deployment: KubernetesObject,
  { current, old }: ReplicaSets,
): { readonly current: KubernetesObject; readonly isNew: boolean } {
  const { api } = cluster;
  const revision = String(Math.max(0, ...old.map(revisionOf)) + 1);
  setAnnotations(cluster, deployment, {
    [revisionKey]: current === undefined || revisionOf(current) < Number(revision) ? revision : String(revisionOf(current)),
  });
  if (current !== undefined) {
    if (revisionOf(current) >= Number(revision)) return { current, isNew: false };
    const history = [current.metadata.annotations?.[historyKey], String(revisionOf(current))].filter((one) => one !== undefined && one !== "").join(",");
    return { current: setAnnotations(cluster, current, { [revisionKey]: revision, [historyKey]: history }), isNew: false };
  }
  return { current: api.create(typeOf(api, "apps/v1", "ReplicaSet"), buildReplicaSet(deployment, revision)), isNew: true };
}

/** Sets how many pods a ReplicaSet keeps, with the annotations by which kubectl and the real controller judge that number. */
export const scaleReplicaSet = ({ api }: Cluster, set: KubernetesObject, { replicas, wanted, most }: Scale): KubernetesObject =>
  api.modify(keyOf(api, set), (old) => ({
    ...old,
    metadata: { ...old.metadata, annotations: { ...old.metadata.annotations, ...scaleAnnotations(wanted, most) } },
    spec: { ...objectAt(old["spec"]), replicas },
  }));

/** How many pods it is to have, of how many that the Deployment wants, and how many it may have during an update. */
export type Scale = { readonly replicas: number; readonly wanted: number; readonly most: number };

const scaleAnnotations = (wanted: number, most: number): { readonly [key: string]: string } => ({
  "deployment.kubernetes.io/desired-replicas": String(wanted),
  "deployment.kubernetes.io/max-replicas": String(most),
});

/** Which rollout a ReplicaSet belongs to; 0 if it does not say. */
export const revisionOf = (set: KubernetesObject): number => Number(set.metadata.annotations?.[revisionKey] ?? 0) || 0;

/** Stores annotations that differ; those of a Deployment with its status, as they are no wish of anybody's and start no new generation. */
function setAnnotations({ api }: Cluster, object: KubernetesObject, annotations: { readonly [key: string]: string }): KubernetesObject {
  const isThere = Object.entries(annotations).every(([key, value]) => object.metadata.annotations?.[key] === value);
  if (isThere) return object;
  const change = (old: KubernetesObject): KubernetesObject => ({
    ...old,
    metadata: { ...old.metadata, annotations: { ...old.metadata.annotations, ...annotations } },
  });
  return api.modify(keyOf(api, object), change, object.kind === "Deployment" ? { subresource: "status" } : {});
}

const revisionKey = "deployment.kubernetes.io/revision";
const historyKey = "deployment.kubernetes.io/revision-history";
const hashLabel = "pod-template-hash";

function buildReplicaSet(deployment: KubernetesObject, revision: string): KubernetesObject {
  const template = objectAt(field(deployment, "spec", "template"));
  const hash = hashedSuffix(JSON.stringify(template), 10);
  const labels = { ...stringsAt(field(template, "metadata", "labels")), [hashLabel]: hash };
  const selector = objectAt(field(deployment, "spec", "selector"));
  const minReadySeconds = numberAt(field(deployment, "spec", "minReadySeconds"));
  const inherited = Object.entries(deployment.metadata.annotations ?? {}).filter(
    ([key]) => key !== "kubectl.kubernetes.io/last-applied-configuration" && !key.startsWith("deployment."),
  );
  return {
    apiVersion: "apps/v1",
    kind: "ReplicaSet",
    metadata: {
      name: `${deployment.metadata.name}-${hash}`,
      namespace: deployment.metadata.namespace ?? "",
      labels,
      annotations: { ...Object.fromEntries(inherited), [revisionKey]: revision },
      ownerReferences: [controllerReference(deployment)],
    },
    spec: {
      replicas: 0,
      ...(minReadySeconds === 0 ? {} : { minReadySeconds }),
      selector: { ...selector, matchLabels: { ...objectAt(selector["matchLabels"]), [hashLabel]: hash } },
      template: { ...template, metadata: { ...objectAt(template["metadata"]), labels } },
    },
  };
}

function withoutHash(template: unknown): JsonObject {
  const { [hashLabel]: _, ...labels } = stringsAt(field(template, "metadata", "labels"));
  return { ...objectAt(template), metadata: { ...objectAt(field(template, "metadata")), labels } };
}
