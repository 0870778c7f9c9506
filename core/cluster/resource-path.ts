import type { KubernetesObject } from "../contract/kubernetes-object.ts";

/** What a request is about, as sentences and RBAC name it. */
export type Resource = {
  readonly path: string;
  readonly kind: string;
  readonly plural: string;
  readonly group: string;
  readonly name: string | undefined;
  /** A namespace, all of them (collections only), or none because the kind has no namespace. */
  readonly place: { readonly namespace: string } | "all-namespaces" | "cluster";
};

/** Names a kind, and perhaps a namespace and an object. */
export type ResourceQuery = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string | undefined;
  readonly name?: string;
  readonly subresource?: string;
};

/** The API path of a kind's collection or of one object; a kind that is not in the table, or a name that is none, is a bug. */
export function resourcePath(query: ResourceQuery): Resource {
  const { apiVersion, kind, name, subresource } = query;
  const known = kinds[`${apiVersion}/${kind}`];
  if (known === undefined) throw new Error(`core/cluster/resource-path.ts does not know ${apiVersion}/${kind}`);
  const [plural, scope] = known;
  if (scope === "cluster" && query.namespace !== undefined) throw new Error(`${kind} has no namespace`);
  const { namespace } = query;
  if (name !== undefined && scope === "namespace" && namespace === undefined) throw new Error(`${kind} ${name} needs a namespace`);
  const group = apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
  const segments = [
    group === "" ? `/api/${apiVersion}` : `/apis/${apiVersion}`,
    ...(namespace === undefined ? [] : ["namespaces", segment(namespace)]),
    plural,
    ...(name === undefined ? [] : [segment(name)]),
    ...(subresource === undefined ? [] : [segment(subresource)]),
  ];
  const place = scope === "cluster" ? "cluster" : namespace === undefined ? "all-namespaces" : { namespace };
  return { path: segments.join("/"), kind, plural: subresource === undefined ? plural : `${plural}/${subresource}`, group, name, place };
}

/** The collection in which an object is created. */
export function collectionPath({ apiVersion = "", kind = "", metadata }: KubernetesObject): Resource {
  const resource = resourcePath({ apiVersion, kind, namespace: metadata.namespace });
  if (resource.place === "all-namespaces") throw new Error(`${kind} ${metadata.name} needs a namespace`);
  return { ...resource, name: metadata.name };
}

/** The path of an object that is there. */
export const objectPath = ({ apiVersion = "", kind = "", metadata }: KubernetesObject): Resource =>
  resourcePath({ apiVersion, kind, namespace: metadata.namespace, name: metadata.name });

/** A path segment from a name; what would change the path is refused. */
function segment(name: string): string {
  if (name === "" || name === "." || name === ".." || name.includes("/")) throw new Error(`${JSON.stringify(name)} is no name of a Kubernetes object`);
  return encodeURIComponent(name);
}

type Scope = "namespace" | "cluster";

const kinds: Readonly<Record<string, readonly [plural: string, scope: Scope]>> = {
  "v1/Namespace": ["namespaces", "cluster"],
  "v1/Node": ["nodes", "cluster"],
  "v1/Pod": ["pods", "namespace"],
  "v1/Service": ["services", "namespace"],
  "v1/ServiceAccount": ["serviceaccounts", "namespace"],
  "v1/ConfigMap": ["configmaps", "namespace"],
  "v1/Secret": ["secrets", "namespace"],
  "v1/Event": ["events", "namespace"],
  "v1/Endpoints": ["endpoints", "namespace"],
  "v1/PersistentVolume": ["persistentvolumes", "cluster"],
  "v1/PersistentVolumeClaim": ["persistentvolumeclaims", "namespace"],
  "v1/ReplicationController": ["replicationcontrollers", "namespace"],
  "v1/ResourceQuota": ["resourcequotas", "namespace"],
  "v1/LimitRange": ["limitranges", "namespace"],
  "apps/v1/Deployment": ["deployments", "namespace"],
  "apps/v1/ReplicaSet": ["replicasets", "namespace"],
  "apps/v1/DaemonSet": ["daemonsets", "namespace"],
  "apps/v1/StatefulSet": ["statefulsets", "namespace"],
  "batch/v1/Job": ["jobs", "namespace"],
  "batch/v1/CronJob": ["cronjobs", "namespace"],
  "events.k8s.io/v1/Event": ["events", "namespace"],
  "coordination.k8s.io/v1/Lease": ["leases", "namespace"],
  "discovery.k8s.io/v1/EndpointSlice": ["endpointslices", "namespace"],
  "networking.k8s.io/v1/NetworkPolicy": ["networkpolicies", "namespace"],
  "networking.k8s.io/v1/Ingress": ["ingresses", "namespace"],
  "policy/v1/PodDisruptionBudget": ["poddisruptionbudgets", "namespace"],
  "storage.k8s.io/v1/StorageClass": ["storageclasses", "cluster"],
  "rbac.authorization.k8s.io/v1/Role": ["roles", "namespace"],
  "rbac.authorization.k8s.io/v1/RoleBinding": ["rolebindings", "namespace"],
  "rbac.authorization.k8s.io/v1/ClusterRole": ["clusterroles", "cluster"],
  "rbac.authorization.k8s.io/v1/ClusterRoleBinding": ["clusterrolebindings", "cluster"],
  "admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration": ["validatingwebhookconfigurations", "cluster"],
  "admissionregistration.k8s.io/v1/MutatingWebhookConfiguration": ["mutatingwebhookconfigurations", "cluster"],
  "apiregistration.k8s.io/v1/APIService": ["apiservices", "cluster"],
  "apiextensions.k8s.io/v1/CustomResourceDefinition": ["customresourcedefinitions", "cluster"],
  "authentication.k8s.io/v1/TokenReview": ["tokenreviews", "cluster"],
  "authentication.k8s.io/v1/SelfSubjectReview": ["selfsubjectreviews", "cluster"],
  "authorization.k8s.io/v1/SelfSubjectAccessReview": ["selfsubjectaccessreviews", "cluster"],
  "authorization.k8s.io/v1/SelfSubjectRulesReview": ["selfsubjectrulesreviews", "cluster"],
};
