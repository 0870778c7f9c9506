import type { Json } from "../../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";

const of = (apiVersion: string, kind: string, rest: object = {}): KubernetesObject => ({ apiVersion, kind, metadata: { name: "a" }, ...rest });
const template = {
  spec: {
    nodeSelector: { no: "where", at: "all" },
    containers: [
      { name: "c", image: "x" },
      { name: "d", image: "y" },
    ],
  },
};
const selector = { matchLabels: { b: "c", a: "b" } };
const pod = (status: object, spec: object = {}, metadata: object = {}): KubernetesObject =>
  of("v1", "Pod", { metadata: { name: "a", ...metadata }, spec: { containers: [{ name: "c" }], ...spec }, status });
const container = (state: object, rest: object = {}): object => ({ name: "c", state, ...rest });
const restarted = { restartCount: 3, lastState: { terminated: { finishedAt: "2026-11-21T14:59:30Z" } } };
const waiting = (reason: string): object => container({ waiting: { reason } });
const ended = (terminated: object): object => container({ terminated });
const wide = ["<none>", "<none>", "<none>", "<none>"];
const running = container({ running: {} }, { ready: true });
const ready = [{ type: "Ready", status: "True" }];

/** Objects that were made 120 seconds before, with their cells. */
export const rows: readonly (readonly [KubernetesObject, readonly Json[]])[] = [
  [pod({ phase: "Pending" }), ["a", "0/1", "Pending", "0", "2m", ...wide]],
  [
    pod({ phase: "Running", containerStatuses: [running], podIPs: [{ ip: "10.0.0.1" }] }, { nodeName: "n" }),
    ["a", "1/1", "Running", "0", "2m", "10.0.0.1", "n", "<none>", "<none>"],
  ],
  [pod({ phase: "Pending", containerStatuses: [waiting("ErrImagePull")] }), ["a", "0/1", "ErrImagePull", "0", "2m", ...wide]],
  [
    pod({ phase: "Running", containerStatuses: [container({ waiting: { reason: "CrashLoopBackOff" } }, restarted)] }),
    ["a", "0/1", "CrashLoopBackOff", "3 (30s ago)", "2m", ...wide],
  ],
  [pod({ phase: "Failed", containerStatuses: [ended({ exitCode: 3 })] }), ["a", "0/1", "ExitCode:3", "0", "2m", ...wide]],
  [pod({ phase: "Failed", containerStatuses: [ended({ exitCode: 137, signal: 9 })] }), ["a", "0/1", "Signal:9", "0", "2m", ...wide]],
  [
    pod({ phase: "Running", conditions: ready, containerStatuses: [ended({ exitCode: 0, reason: "Completed" }), running] }),
    ["a", "1/1", "Running", "0", "2m", ...wide],
  ],
  [pod({ phase: "Running", containerStatuses: [ended({ exitCode: 0, reason: "Completed" }), running] }), ["a", "1/1", "NotReady", "0", "2m", ...wide]],
  [pod({ phase: "Pending", initContainerStatuses: [waiting("ImagePullBackOff")] }), ["a", "0/1", "Init:ImagePullBackOff", "0", "2m", ...wide]],
  [
    pod({ phase: "Pending", initContainerStatuses: [ended({ exitCode: 0 }), running] }, { initContainers: [{ name: "c" }, { name: "d" }] }),
    ["a", "0/1", "Init:1/2", "0", "2m", ...wide],
  ],
  [pod({ phase: "Failed", initContainerStatuses: [ended({ exitCode: 1 })] }), ["a", "0/1", "Init:ExitCode:1", "0", "2m", ...wide]],
  [
    pod(
      { phase: "Running", initContainerStatuses: [container({ running: {} }, { started: true, ready: true })], containerStatuses: [running] },
      { initContainers: [{ name: "c", restartPolicy: "Always" }] },
    ),
    ["a", "2/2", "Running", "0", "2m", ...wide],
  ],
  [
    pod({ phase: "Pending", conditions: [{ type: "PodScheduled", status: "False", reason: "SchedulingGated" }] }, { readinessGates: [{ conditionType: "x" }] }),
    ["a", "0/1", "SchedulingGated", "0", "2m", "<none>", "<none>", "<none>", "0/1"],
  ],
  [pod({ phase: "Running" }, {}, { deletionTimestamp: "2026-11-21T14:59:00Z" }), ["a", "0/1", "Terminating", "0", "2m", ...wide]],
  [pod({ phase: "Failed", reason: "Evicted" }, {}, { deletionTimestamp: "2026-11-21T14:59:00Z" }), ["a", "0/1", "Evicted", "0", "2m", ...wide]],
  [
    of("v1", "Node", {
      metadata: { name: "a", labels: { "node-role.kubernetes.io/worker": "", "node-role.kubernetes.io/control-plane": "", "kubernetes.io/role": "worker" } },
      spec: { unschedulable: true },
      status: {
        conditions: [{ type: "Ready", status: "Unknown" }],
        addresses: [{ type: "InternalIP", address: "10.0.0.1" }],
        nodeInfo: { kubeletVersion: "v1.36.3", kernelVersion: "6.1", architecture: "amd64" },
      },
    }),
    ["a", "NotReady,SchedulingDisabled", "control-plane,worker", "2m", "v1.36.3", "10.0.0.1", "<none>", "<unknown>", "6.1 (amd64)", "<unknown>"],
  ],
  [
    of("apps/v1", "Deployment", { spec: { replicas: 3, selector, template }, status: { readyReplicas: 1, updatedReplicas: 2 } }),
    ["a", "1/3", 2, 0, "2m", "c,d", "x,y", "a=b,b=c"],
  ],
  [of("apps/v1", "ReplicaSet", { spec: { replicas: 3, selector, template }, status: { replicas: 2 } }), ["a", 3, 2, 0, "2m", "c,d", "x,y", "a=b,b=c"]],
  [
    of("apps/v1", "DaemonSet", { spec: { selector, template }, status: { desiredNumberScheduled: 3, numberReady: 2 } }),
    ["a", 3, 0, 2, 0, 0, "at=all,no=where", "2m", "c,d", "x,y", "a=b,b=c"],
  ],
  [of("apps/v1", "StatefulSet", { spec: { replicas: 2, template }, status: { readyReplicas: 1 } }), ["a", "1/2", "2m", "c,d", "x,y"]],
  [
    of("batch/v1", "Job", {
      spec: { completions: 1, selector, template },
      status: { startTime: "2026-11-21T14:58:30Z", succeeded: 1, completionTime: "2026-11-21T14:59:00Z", conditions: [{ type: "Complete", status: "True" }] },
    }),
    ["a", "Complete", "1/1", "30s", "2m", "c,d", "x,y", "a=b,b=c"],
  ],
  [of("batch/v1", "Job", { spec: { parallelism: 3, template: {} } }), ["a", "Running", "0/1 of 3", "", "2m", "", "", "<none>"]],
  [
    of("batch/v1", "CronJob", { spec: { schedule: "@daily", suspend: true, jobTemplate: { spec: { template } } } }),
    ["a", "@daily", "<none>", "True", 0, "<none>", "2m", "c,d", "x,y", "<none>"],
  ],
  [
    of("v1", "Service", {
      spec: {
        type: "LoadBalancer",
        clusterIPs: ["10.96.0.9"],
        externalIPs: ["1.2.3.4"],
        selector: { b: "c", a: "b" },
        ports: [
          { port: 80, nodePort: 30000, protocol: "TCP" },
          { port: 53, protocol: "UDP" },
        ],
      },
    }),
    ["a", "LoadBalancer", "10.96.0.9", "1.2.3.4", "80:30000/TCP,53/UDP", "2m", "a=b,b=c"],
  ],
  [
    of("v1", "Service", { spec: { type: "ExternalName", externalName: "example.com" } }),
    ["a", "ExternalName", "<none>", "example.com", "<none>", "2m", "<none>"],
  ],
  [
    of("v1", "Endpoints", { subsets: [{ addresses: [{ ip: "1.1.1.1" }, { ip: "::1" }], ports: [{ port: 80 }, { port: 81 }] }] }),
    ["a", "1.1.1.1:80,[::1]:80,1.1.1.1:81 + 1 more...", "2m"],
  ],
  [
    of("discovery.k8s.io/v1", "EndpointSlice", {
      addressType: "IPv4",
      ports: [{ port: 80 }, { name: "x" }, {}],
      endpoints: [{ addresses: ["1.1.1.1"] }, { addresses: ["2.2.2.2"] }],
    }),
    ["a", "IPv4", "80,x,*", "1.1.1.1,2.2.2.2", "2m"],
  ],
  [
    of("networking.k8s.io/v1", "Ingress", {
      spec: { tls: [{}], rules: ["a", "b", "c", "d"].map((host) => ({ host })) },
      status: { loadBalancer: { ingress: [{ ip: "2.2.2.2" }, { hostname: "h" }] } },
    }),
    ["a", "<none>", "a,b,c + 1 more...", "2.2.2.2,h", "80, 443", "2m"],
  ],
  [of("networking.k8s.io/v1", "NetworkPolicy", { spec: { podSelector: {} } }), ["a", "<none>", "2m"]],
  [of("policy/v1", "PodDisruptionBudget", { spec: { minAvailable: "50%" }, status: { disruptionsAllowed: 1 } }), ["a", "50%", "N/A", 1, "2m"]],
  [
    of("autoscaling/v2", "HorizontalPodAutoscaler", {
      spec: {
        maxReplicas: 5,
        scaleTargetRef: { kind: "Deployment", name: "d" },
        metrics: [
          { type: "Resource", resource: { name: "cpu", target: { averageUtilization: 50 } } },
          { type: "Pods", pods: { target: { averageValue: "10" } } },
          { type: "External" },
        ],
      },
      status: { currentReplicas: 2, currentMetrics: [{ resource: { current: { averageUtilization: 20 } } }] },
    }),
    ["a", "Deployment/d", "cpu: 20%/50%, <unknown>/10 + 1 more...", "<unset>", 5, 2, "2m"],
  ],
  [
    of("v1", "PersistentVolumeClaim", {
      spec: { volumeName: "v", volumeMode: "Filesystem", storageClassName: "s" },
      status: { phase: "Bound", capacity: { storage: "1Gi" }, accessModes: ["ReadWriteMany", "ReadWriteOnce"] },
    }),
    ["a", "Bound", "v", "1Gi", "RWO,RWX", "s", "<unset>", "2m", "Filesystem"],
  ],
  [
    of("v1", "PersistentVolume", {
      spec: { capacity: { storage: "1Gi" }, accessModes: ["ReadOnlyMany"], persistentVolumeReclaimPolicy: "Delete", claimRef: { namespace: "n", name: "c" } },
      status: { phase: "Bound" },
    }),
    ["a", "1Gi", "ROX", "Delete", "Bound", "n/c", "", "<unset>", "", "2m", "<unset>"],
  ],
  [
    of("storage.k8s.io/v1", "StorageClass", {
      metadata: { name: "a", annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
      provisioner: "p",
    }),
    ["a (default)", "p", "Delete", "Immediate", false, "2m"],
  ],
  [
    of("v1", "ResourceQuota", { status: { hard: { pods: "3", "limits.cpu": "4", cpu: "2" }, used: { pods: "1" } } }),
    ["a", "cpu: 0/2, pods: 1/3", "limits.cpu: 0/4", "2m"],
  ],
  [of("v1", "ConfigMap", { data: { a: "b" }, binaryData: { c: "ZA==" } }), ["a", 2, "2m"]],
  [
    of("rbac.authorization.k8s.io/v1", "RoleBinding", {
      roleRef: { kind: "Role", name: "r" },
      subjects: [
        { kind: "User", name: "u" },
        { kind: "User", name: "v" },
        { kind: "ServiceAccount", namespace: "n", name: "s" },
      ],
    }),
    ["a", "Role/r", "2m", "u, v", "", "n/s"],
  ],
  [
    of("v1", "Event", {
      type: "Warning",
      reason: "R",
      message: " text\n",
      count: 2,
      firstTimestamp: "2026-11-21T14:59:00Z",
      lastTimestamp: "2026-11-21T14:59:30Z",
      involvedObject: { kind: "Pod", name: "p" },
      source: { component: "kubelet", host: "n" },
    }),
    ["30s", "Warning", "R", "pod/p", "", "kubelet, n", "text", "60s", 2, "a"],
  ],
  [
    of("v1", "Event", { type: "Normal", reason: "R", eventTime: "2026-11-21T14:59:00.000000Z", reportingComponent: "x", involvedObject: { kind: "Node" } }),
    ["60s", "Normal", "R", "node", "", "x", "", "60s", 1, "a"],
  ],
  [
    of("apiregistration.k8s.io/v1", "APIService", {
      spec: { service: { namespace: "n", name: "s" } },
      status: { conditions: [{ type: "Available", status: "False", reason: "MissingEndpoints" }] },
    }),
    ["a", "n/s", "False (MissingEndpoints)", "2m"],
  ],
  [of("admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration", { webhooks: [{}, {}] }), ["a", 2, "2m"]],
  [of("coordination.k8s.io/v1", "Lease", { spec: { holderIdentity: "h" } }), ["a", "h", "2m"]],
];
