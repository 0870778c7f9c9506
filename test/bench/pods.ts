import type { Json } from "../../core/contract/json.ts";
import { seededRandom } from "../core/archive/journal-text.ts";

/** Pods as an API server lists them, about seven kilobytes each, different from one another; one of ten has a password in its environment. */
export function makePods(count: number): readonly Json[] {
  const random = seededRandom(3);
  const hex = (digits: number): string => Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join("");
  const uid = (): string => `${hex(8)}-${hex(4)}-4${hex(3)}-${hex(4)}-${hex(12)}`;
  const address = (): string => `10.${Math.floor(random() * 255)}.${Math.floor(random() * 255)}.${Math.floor(random() * 255)}`;
  return Array.from({ length: count }, (_, at) => {
    const name = `web-${hex(10)}-${hex(5)}`;
    const container = (index: number): Json => ({
      name: `app-${index}`,
      image: `registry.example.test/team/app-${index}:1.${at % 50}.0`,
      args: ["serve", "--port=8080", `--cluster-id=${hex(8)}`, "--log-level=info"],
      env: [
        { name: "LOG_LEVEL", value: "info" },
        { name: "POD_NAME", valueFrom: { fieldRef: { apiVersion: "v1", fieldPath: "metadata.name" } } },
        { name: "DATABASE_HOST", value: "db.example.test" },
        { name: "DATABASE_PASSWORD", valueFrom: { secretKeyRef: { name: "db", key: "password" } } },
        ...(at % 10 === 0 ? [{ name: "SMTP_PASSWORD", value: hex(16) }] : []),
      ],
      ports: [{ name: "http", containerPort: 8080, protocol: "TCP" }],
      resources: { limits: { cpu: "500m", memory: "512Mi" }, requests: { cpu: "100m", memory: "128Mi" } },
      volumeMounts: [{ name: `kube-api-access-${hex(5)}`, mountPath: "/var/run/secrets/kubernetes.io/serviceaccount", readOnly: true }],
      livenessProbe: { httpGet: { path: "/healthz", port: 8080, scheme: "HTTP" }, periodSeconds: 10, timeoutSeconds: 1, failureThreshold: 3 },
      terminationMessagePath: "/dev/termination-log",
      imagePullPolicy: "IfNotPresent",
      securityContext: { runAsNonRoot: true, allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
    });
    const status = (index: number): Json => ({
      name: `app-${index}`,
      image: `registry.example.test/team/app-${index}:1.${at % 50}.0`,
      imageID: `registry.example.test/team/app-${index}@sha256:${hex(64)}`,
      containerID: `containerd://${hex(64)}`,
      ready: true,
      restartCount: 0,
      started: true,
      state: { running: { startedAt: "2026-01-01T00:00:00Z" } },
    });
    const managed = (manager: string): Json => ({
      manager,
      operation: "Update",
      apiVersion: "v1",
      time: "2026-01-01T00:00:00Z",
      fieldsType: "FieldsV1",
      fieldsV1: {
        "f:metadata": { "f:labels": { "f:app": {} } },
        "f:spec": { "f:containers": { 'k:{"name":"app-0"}': { ".": {}, "f:image": {}, "f:env": {}, "f:resources": {} } } },
      },
    });
    return {
      apiVersion: "v1",
      kind: "Pod",
      metadata: {
        name,
        namespace: `team-${at % 40}`,
        uid: uid(),
        resourceVersion: String(100_000 + at),
        labels: { app: "web", "pod-template-hash": hex(10), team: `team-${at % 40}` },
        annotations: { "example.test/config-hash": hex(64), "prometheus.io/scrape": "true" },
        ownerReferences: [{ apiVersion: "apps/v1", kind: "ReplicaSet", name: `web-${hex(10)}`, uid: uid(), controller: true }],
        managedFields: [managed("kube-controller-manager"), managed("kubelet")],
      },
      spec: {
        containers: [container(0), container(1), container(2)],
        nodeName: `worker-${at % 100}`,
        serviceAccountName: "default",
        tolerations: [{ key: "node.kubernetes.io/not-ready", operator: "Exists", effect: "NoExecute", tolerationSeconds: 300 }],
        volumes: [{ name: `kube-api-access-${hex(5)}`, projected: { sources: [{ serviceAccountToken: { expirationSeconds: 3607, path: "token" } }] } }],
      },
      status: {
        phase: "Running",
        podIP: address(),
        hostIP: address(),
        conditions: ["Initialized", "Ready", "ContainersReady", "PodScheduled"].map((type) => ({
          type,
          status: "True",
          lastTransitionTime: "2026-01-01T00:00:00Z",
        })),
        containerStatuses: [status(0), status(1), status(2)],
      },
    };
  });
}
