import type { TypeTable } from "./registry/api.ts";
import type { ResourceType } from "./resource-type.ts";
import { apiVersionOf, splitApiVersion } from "./resource-type.ts";

type Row = readonly [kind: string, plural: string, options?: Options];
type Options = {
  readonly cluster?: boolean;
  readonly short?: string;
  readonly category?: string;
  readonly sub?: string;
  readonly verbs?: string;
};

const all = "create delete deletecollection get list patch update watch";

/** By group and version: what each kind is called and can do, as the discovery of Kubernetes 1.36 tells it. */
const groups: { readonly [groupVersion: string]: readonly Row[] } = {
  v1: [
    ["Binding", "bindings", { verbs: "create" }],
    ["ConfigMap", "configmaps", { short: "cm" }],
    ["Endpoints", "endpoints", { short: "ep" }],
    ["Event", "events", { short: "ev" }],
    ["LimitRange", "limitranges", { short: "limits" }],
    ["Namespace", "namespaces", { cluster: true, short: "ns", sub: "finalize status", verbs: "create delete get list patch update watch" }],
    ["Node", "nodes", { cluster: true, short: "no", sub: "proxy status" }],
    ["PersistentVolumeClaim", "persistentvolumeclaims", { short: "pvc", sub: "status" }],
    ["PersistentVolume", "persistentvolumes", { cluster: true, short: "pv", sub: "status" }],
    ["Pod", "pods", { short: "po", category: "all", sub: "attach binding ephemeralcontainers eviction exec log portforward proxy resize status" }],
    ["PodTemplate", "podtemplates"],
    ["ReplicationController", "replicationcontrollers", { short: "rc", category: "all", sub: "scale status" }],
    ["ResourceQuota", "resourcequotas", { short: "quota", sub: "status" }],
    ["Secret", "secrets"],
    ["ServiceAccount", "serviceaccounts", { short: "sa", sub: "token" }],
    ["Service", "services", { short: "svc", category: "all", sub: "proxy status" }],
  ],
  "apiregistration.k8s.io/v1": [["APIService", "apiservices", { cluster: true, category: "api-extensions", sub: "status" }]],
  "apps/v1": [
    ["ControllerRevision", "controllerrevisions"],
    ["DaemonSet", "daemonsets", { short: "ds", category: "all", sub: "status" }],
    ["Deployment", "deployments", { short: "deploy", category: "all", sub: "scale status" }],
    ["ReplicaSet", "replicasets", { short: "rs", category: "all", sub: "scale status" }],
    ["StatefulSet", "statefulsets", { short: "sts", category: "all", sub: "scale status" }],
  ],
  "authentication.k8s.io/v1": [
    ["SelfSubjectReview", "selfsubjectreviews", { cluster: true, verbs: "create" }],
    ["TokenReview", "tokenreviews", { cluster: true, verbs: "create" }],
  ],
  "authorization.k8s.io/v1": [
    ["LocalSubjectAccessReview", "localsubjectaccessreviews", { verbs: "create" }],
    ["SelfSubjectAccessReview", "selfsubjectaccessreviews", { cluster: true, verbs: "create" }],
    ["SelfSubjectRulesReview", "selfsubjectrulesreviews", { cluster: true, verbs: "create" }],
    ["SubjectAccessReview", "subjectaccessreviews", { cluster: true, verbs: "create" }],
  ],
  "autoscaling/v2": [["HorizontalPodAutoscaler", "horizontalpodautoscalers", { short: "hpa", category: "all", sub: "status" }]],
  "batch/v1": [
    ["CronJob", "cronjobs", { short: "cj", category: "all", sub: "status" }],
    ["Job", "jobs", { category: "all", sub: "status" }],
  ],
  "certificates.k8s.io/v1": [["CertificateSigningRequest", "certificatesigningrequests", { cluster: true, short: "csr", sub: "approval status" }]],
  "networking.k8s.io/v1": [
    ["IngressClass", "ingressclasses", { cluster: true }],
    ["Ingress", "ingresses", { short: "ing", sub: "status" }],
    ["NetworkPolicy", "networkpolicies", { short: "netpol" }],
  ],
  "policy/v1": [["PodDisruptionBudget", "poddisruptionbudgets", { short: "pdb", sub: "status" }]],
  "rbac.authorization.k8s.io/v1": [
    ["ClusterRoleBinding", "clusterrolebindings", { cluster: true }],
    ["ClusterRole", "clusterroles", { cluster: true }],
    ["RoleBinding", "rolebindings"],
    ["Role", "roles"],
  ],
  "storage.k8s.io/v1": [
    ["CSIDriver", "csidrivers", { cluster: true }],
    ["CSINode", "csinodes", { cluster: true }],
    ["CSIStorageCapacity", "csistoragecapacities"],
    ["StorageClass", "storageclasses", { cluster: true, short: "sc" }],
    ["VolumeAttachment", "volumeattachments", { cluster: true, sub: "status" }],
    ["VolumeAttributesClass", "volumeattributesclasses", { cluster: true, short: "vac" }],
  ],
  "admissionregistration.k8s.io/v1": [
    ["MutatingWebhookConfiguration", "mutatingwebhookconfigurations", { cluster: true, category: "api-extensions" }],
    ["ValidatingAdmissionPolicy", "validatingadmissionpolicies", { cluster: true, category: "api-extensions", sub: "status" }],
    ["ValidatingAdmissionPolicyBinding", "validatingadmissionpolicybindings", { cluster: true, category: "api-extensions" }],
    ["ValidatingWebhookConfiguration", "validatingwebhookconfigurations", { cluster: true, category: "api-extensions" }],
  ],
  "apiextensions.k8s.io/v1": [
    ["CustomResourceDefinition", "customresourcedefinitions", { cluster: true, short: "crd crds", category: "api-extensions", sub: "status" }],
  ],
  "scheduling.k8s.io/v1": [["PriorityClass", "priorityclasses", { cluster: true, short: "pc" }]],
  "coordination.k8s.io/v1": [["Lease", "leases"]],
  "node.k8s.io/v1": [["RuntimeClass", "runtimeclasses", { cluster: true }]],
  "discovery.k8s.io/v1": [["EndpointSlice", "endpointslices"]],
};

/** All kinds that the embedded cluster serves by itself, in the order of a real server's discovery. */
export const builtInTypes: readonly ResourceType[] = Object.entries(groups).flatMap(([groupVersion, rows]) => rows.map((row) => buildType(groupVersion, row)));

/** Finds types by path and by kind. */
export function createTypeTable(types: readonly ResourceType[]): TypeTable {
  const byPath = new Map(types.map((type) => [`${type.group}/${type.version}/${type.plural}`, type]));
  const byKind = new Map(types.map((type) => [`${apiVersionOf(type)} ${type.kind}`, type]));
  return {
    all: () => types,
    find: (group, version, plural) => byPath.get(`${group}/${version}/${plural}`),
    ofKind: (apiVersion, kind) => byKind.get(`${apiVersion} ${kind}`),
  };
}

function buildType(groupVersion: string, [kind, plural, options = {}]: Row): ResourceType {
  const [group, version] = splitApiVersion(groupVersion);
  return {
    group,
    version,
    kind,
    plural,
    singular: kind.toLowerCase(),
    namespaced: options.cluster !== true,
    shortNames: words(options.short),
    categories: words(options.category),
    subresources: words(options.sub),
    verbs: words(options.verbs ?? all),
  };
}

function words(text: string | undefined): readonly string[] {
  return text === undefined ? [] : text.split(" ");
}
