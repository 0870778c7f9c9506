import type { Json, JsonObject } from "../../../core/contract/json.ts";
import { seededRandom } from "../../core/archive/journal-text.ts";

/** How many made-up objects there are of each kind; pods lie in a hundred namespaces, in the order in which an API server lists them. */
export type CrowdSize = { readonly nodes: number; readonly pods: number; readonly events: number };

const namespaces = 100;
const when = "2026-11-22T03:00:00Z";

/** Objects like those of ../shared/cluster's crowd, as an API server lists them: a pod is six kilobytes and four more of managedFields. */
export function* makeCrowd(plural: string, size: CrowdSize): Generator<JsonObject> {
  const random = seededRandom(9);
  const hex = (digits: number): string => Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join("");
  const uid = (): string => `${hex(8)}-${hex(4)}-4${hex(3)}-${hex(4)}-${hex(12)}`;
  const metadata = (names: { readonly name: string; readonly namespace?: string }, rest: JsonObject): JsonObject => ({
    ...names,
    uid: uid(),
    resourceVersion: String(100_000 + Math.floor(random() * 900_000)),
    creationTimestamp: when,
    ...rest,
  });
  const inNamespaces = function* (count: number): Generator<{ readonly at: number; readonly namespace: string }> {
    for (let at = 0; at < count; at++) yield { at, namespace: `crowd-${String(Math.floor((at * namespaces) / count)).padStart(3, "0")}` };
  };
  if (plural === "namespaces")
    for (const { namespace } of inNamespaces(namespaces)) yield { metadata: metadata({ name: namespace }, {}), status: { phase: "Active" } };
  if (plural === "nodes") for (let at = 0; at < size.nodes; at++) yield makeNode(at, metadata);
  if (plural === "leases")
    for (let at = 0; at < size.nodes; at++)
      yield {
        metadata: metadata({ name: `crowd-${at}`, namespace: "kube-node-lease" }, { managedFields: [managed("kwok", { "f:spec": { "f:renewTime": {} } })] }),
        spec: { holderIdentity: `crowd-${at}`, leaseDurationSeconds: 240, renewTime: "2026-11-22T03:30:00.123456Z" },
      };
  if (plural === "pods")
    for (const { at, namespace } of inNamespaces(size.pods)) yield makePod(at, metadata({ name: `app-${at % 300}-${at}`, namespace }, podMetadata(at)), hex);
  if (plural === "events")
    for (const { at, namespace } of inNamespaces(size.events))
      yield {
        metadata: metadata({ name: `app-${at % 300}-${at}.18${hex(14)}`, namespace }, { managedFields: [managed("kube-controller-manager", eventFields)] }),
        involvedObject: { kind: "Pod", namespace, name: `app-${at % 300}-${at}`, uid: uid(), apiVersion: "v1", resourceVersion: hex(6) },
        reason: "TaintManagerEviction",
        message: `Cancelling deletion of Pod ${namespace}/app-${at % 300}-${at}`,
        source: { component: "taint-eviction-controller" },
        firstTimestamp: when,
        lastTimestamp: when,
        count: 1,
        type: "Normal",
        eventTime: null,
        reportingComponent: "taint-eviction-controller",
        reportingInstance: "",
      };
}

type Metadata = (names: { readonly name: string }, rest: JsonObject) => JsonObject;

const managed = (manager: string, fields: Json): Json => ({
  manager,
  operation: "Update",
  apiVersion: "v1",
  time: when,
  fieldsType: "FieldsV1",
  fieldsV1: fields,
});
const own = (...names: readonly string[]): JsonObject => Object.fromEntries([[".", {}], ...names.map((name) => [`f:${name}`, {}])]);
const eventFields: Json = own("count", "firstTimestamp", "involvedObject", "lastTimestamp", "message", "reason", "reportingComponent", "source", "type");

function makeNode(at: number, metadata: Metadata): JsonObject {
  const conditions = ["Ready", "MemoryPressure", "DiskPressure", "PIDPressure", "NetworkUnavailable"].map((type) => ({
    type,
    status: type === "Ready" ? "True" : "False",
    lastHeartbeatTime: when,
    lastTransitionTime: when,
    reason: `Kubelet${type}`,
    message: `kubelet says ${type}`,
  }));
  const amounts = { cpu: "32", memory: "256Gi", pods: "250" };
  const labels = {
    "kubernetes.io/arch": "amd64",
    "kubernetes.io/hostname": `crowd-${at}`,
    "kubernetes.io/os": "linux",
    "topology.kubernetes.io/zone": `zone-${at % 3}`,
  };
  const managedFields = [
    managed("node", { "f:metadata": { "f:labels": own(...Object.keys(labels)) } }),
    managed("kwok", { "f:status": { "f:conditions": own("type") } }),
  ];
  return {
    metadata: metadata({ name: `crowd-${at}` }, { labels, managedFields }),
    spec: { podCIDR: `10.${128 + ((at >> 8) & 127)}.${at & 255}.0/24` },
    status: {
      capacity: amounts,
      allocatable: amounts,
      conditions,
      nodeInfo: { architecture: "amd64", bootID: `boot-${at}`, kubeletVersion: "v1.36.3", machineID: `machine-${at}` },
    },
  };
}

const podMetadata = (at: number): JsonObject => ({
  labels: { app: `app-${at % 300}`, "app.kubernetes.io/part-of": `suite-${at % 20}` },
  annotations: { note: "n".repeat(300) },
  managedFields: [
    managed("crowd-fill", {
      "f:metadata": { "f:annotations": own("note"), "f:labels": own("app", "app.kubernetes.io/part-of") },
      "f:spec": { "f:containers": { 'k:{"name":"server"}': containerFields, 'k:{"name":"sidecar"}': containerFields }, ...own("nodeName", "restartPolicy") },
    }),
    managed("kwok", {
      "f:status": { "f:conditions": own("type", "status"), "f:containerStatuses": {}, ...own("hostIP", "phase", "podIP", "podIPs", "startTime") },
    }),
  ],
});

const settings = Array.from({ length: 12 }, (_, index) => index);
const containerFields: Json = {
  ...own("args", "image", "imagePullPolicy", "name", "resources", "terminationMessagePath", "terminationMessagePolicy"),
  "f:env": Object.fromEntries(settings.map((index) => [`k:{"name":"SETTING_${index}"}`, own("name", "value")])),
  "f:readinessProbe": own("failureThreshold", "httpGet", "periodSeconds", "successThreshold", "timeoutSeconds"),
};

function makePod(at: number, metadata: JsonObject, hex: (digits: number) => string): JsonObject {
  const volume = `kube-api-access-${hex(5)}`;
  const address = `10.${(at >> 16) & 255}.${(at >> 8) & 255}.${at & 255}`;
  const container = (name: string): Json => ({
    name,
    image: `registry.example.test/${name}:v${at % 40}`,
    args: ["--listen=:8080", `--shard=${at}`, "--log-format=json"],
    ports: [{ name: "http", containerPort: 8080, protocol: "TCP" }],
    env: settings.map((index) => ({ name: `SETTING_${index}`, value: `value-${at}-${index}-${"x".repeat(24)}` })),
    resources: { limits: { memory: "128Mi" }, requests: { cpu: "50m", memory: "64Mi" } },
    volumeMounts: [{ name: volume, readOnly: true, mountPath: "/var/run/secrets/kubernetes.io/serviceaccount" }],
    readinessProbe: {
      httpGet: { path: "/ready", port: "http", scheme: "HTTP" },
      timeoutSeconds: 1,
      periodSeconds: 10,
      successThreshold: 1,
      failureThreshold: 3,
    },
    terminationMessagePath: "/dev/termination-log",
    terminationMessagePolicy: "File",
    imagePullPolicy: "IfNotPresent",
  });
  const sources = [
    { serviceAccountToken: { expirationSeconds: 3607, path: "token" } },
    { configMap: { name: "kube-root-ca.crt", items: [{ key: "ca.crt", path: "ca.crt" }] } },
    { downwardAPI: { items: [{ path: "namespace", fieldRef: { apiVersion: "v1", fieldPath: "metadata.namespace" } }] } },
  ];
  const tolerate = (state: string): Json => ({ key: `node.kubernetes.io/${state}`, operator: "Exists", effect: "NoExecute", tolerationSeconds: 300 });
  return {
    metadata,
    spec: {
      volumes: [{ name: volume, projected: { sources, defaultMode: 420 } }],
      containers: [container("server"), container("sidecar")],
      restartPolicy: "Always",
      terminationGracePeriodSeconds: 0,
      dnsPolicy: "ClusterFirst",
      serviceAccountName: "default",
      serviceAccount: "default",
      nodeName: `crowd-${at % 1000}`,
      securityContext: {},
      schedulerName: "default-scheduler",
      tolerations: [tolerate("not-ready"), tolerate("unreachable")],
      priority: 0,
      enableServiceLinks: true,
      preemptionPolicy: "PreemptLowerPriority",
    },
    status: {
      phase: "Running",
      conditions: ["Initialized", "Ready", "ContainersReady"].map((type) => ({ type, status: "True", lastProbeTime: null, lastTransitionTime: when })),
      hostIP: "10.0.0.7",
      podIP: address,
      podIPs: [{ ip: address }],
      startTime: when,
      containerStatuses: ["server", "sidecar"].map((name) => ({
        name,
        state: { running: { startedAt: when } },
        lastState: {},
        ready: true,
        restartCount: 0,
        image: `registry.example.test/${name}:v${at % 40}`,
        imageID: "",
      })),
      qosClass: "Burstable",
    },
  };
}
