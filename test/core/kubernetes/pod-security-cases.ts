/** What a real Kubernetes said: the strictest level whose admission took a pod with this spec (recorded from v1.36.3, server-side dry run). */
export type PodSecurityCase = { readonly name: string; readonly spec: Record<string, unknown>; readonly level: "restricted" | "baseline" | "privileged" };

const image = "registry.k8s.io/pause:3.10";
const hardened = { allowPrivilegeEscalation: false, runAsNonRoot: true, capabilities: { drop: ["ALL"] }, seccompProfile: { type: "RuntimeDefault" } };
const strict = (securityContext: Record<string, unknown> = {}, more: Record<string, unknown> = {}) => ({
  name: "c",
  image,
  securityContext: { ...hardened, ...securityContext },
  ...more,
});
const pod = (container: Record<string, unknown>, more: Record<string, unknown> = {}) => ({ containers: [container], ...more });
const plain = { name: "c", image };

export const podSecurityCases: readonly PodSecurityCase[] = [
  { name: "a plain pod", spec: pod(plain), level: "baseline" },
  { name: "a hardened pod", spec: pod(strict()), level: "restricted" },
  { name: "hostNetwork", spec: pod(strict(), { hostNetwork: true }), level: "privileged" },
  { name: "hostPID", spec: pod(strict(), { hostPID: true }), level: "privileged" },
  { name: "hostIPC", spec: pod(strict(), { hostIPC: true }), level: "privileged" },
  { name: "a privileged container", spec: pod({ ...plain, securityContext: { privileged: true } }), level: "privileged" },
  { name: "privileged: false", spec: pod(strict({ privileged: false })), level: "restricted" },
  {
    name: "a privileged init container",
    spec: pod(strict(), { initContainers: [{ ...plain, name: "i", securityContext: { privileged: true } }] }),
    level: "privileged",
  },
  { name: "a plain init container beside a hardened one", spec: pod(strict(), { initContainers: [{ ...plain, name: "i" }] }), level: "baseline" },
  { name: "SYS_ADMIN", spec: pod({ ...plain, securityContext: { capabilities: { add: ["SYS_ADMIN"] } } }), level: "privileged" },
  { name: "CHOWN added", spec: pod(strict({ capabilities: { drop: ["ALL"], add: ["CHOWN"] } })), level: "baseline" },
  { name: "DAC_OVERRIDE added", spec: pod(strict({ capabilities: { drop: ["ALL"], add: ["DAC_OVERRIDE"] } })), level: "baseline" },
  { name: "NET_RAW added", spec: pod(strict({ capabilities: { drop: ["ALL"], add: ["NET_RAW"] } })), level: "privileged" },
  { name: "NET_BIND_SERVICE added", spec: pod(strict({ capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE"] } })), level: "restricted" },
  { name: "only some capabilities dropped", spec: pod(strict({ capabilities: { drop: ["NET_RAW"] } })), level: "baseline" },
  { name: "a hostPath", spec: pod(strict(), { volumes: [{ name: "v", hostPath: { path: "/" } }] }), level: "privileged" },
  { name: "an emptyDir", spec: pod(strict(), { volumes: [{ name: "v", emptyDir: {} }] }), level: "restricted" },
  { name: "a volume without a source", spec: pod(strict(), { volumes: [{ name: "v" }] }), level: "restricted" },
  { name: "all allowed kinds of volumes", spec: pod(strict(), { volumes: allVolumes() }), level: "restricted" },
  { name: "an NFS volume", spec: pod(strict(), { volumes: [{ name: "v", nfs: { server: "s", path: "/" } }] }), level: "baseline" },
  {
    name: "an iSCSI volume",
    spec: pod(strict(), { volumes: [{ name: "v", iscsi: { targetPortal: "10.0.0.1", iqn: "iqn.2001-04.com.example:a", lun: 0 } }] }),
    level: "baseline",
  },
  { name: "a host port", spec: pod(strict({}, { ports: [{ containerPort: 80, hostPort: 8080 }] })), level: "privileged" },
  { name: "a container port", spec: pod(strict({}, { ports: [{ containerPort: 80 }] })), level: "restricted" },
  { name: "host port 0", spec: pod(strict({}, { ports: [{ containerPort: 80, hostPort: 0 }] })), level: "restricted" },
  { name: "a probe with a host", spec: pod(strict({}, { livenessProbe: { httpGet: { host: "example.org", port: 80 } } })), level: "privileged" },
  {
    name: "a lifecycle hook with a host",
    spec: pod(strict({}, { lifecycle: { preStop: { tcpSocket: { host: "10.0.0.1", port: 80 } } } })),
    level: "privileged",
  },
  { name: "a probe without a host", spec: pod(strict({}, { livenessProbe: { httpGet: { port: 80 } } })), level: "restricted" },
  { name: "procMount Unmasked in a user namespace", spec: pod(strict({ procMount: "Unmasked" }), { hostUsers: false }), level: "baseline" },
  { name: "procMount Default", spec: pod(strict({ procMount: "Default" })), level: "restricted" },
  { name: "a safe sysctl", spec: pod(strict(), { securityContext: { sysctls: [{ name: "net.ipv4.tcp_rmem", value: "1 2 3" }] } }), level: "restricted" },
  { name: "an unsafe sysctl", spec: pod(strict(), { securityContext: { sysctls: [{ name: "kernel.msgmax", value: "65536" }] } }), level: "privileged" },
  { name: "the SELinux type container_t", spec: pod(strict({ seLinuxOptions: { type: "container_t", level: "s0" } })), level: "restricted" },
  {
    name: "the SELinux type container_engine_t on the pod",
    spec: pod(strict(), { securityContext: { seLinuxOptions: { type: "container_engine_t" } } }),
    level: "restricted",
  },
  { name: "the SELinux type spc_t", spec: pod(strict({ seLinuxOptions: { type: "spc_t" } })), level: "privileged" },
  { name: "an SELinux user", spec: pod(strict(), { securityContext: { seLinuxOptions: { user: "system_u" } } }), level: "privileged" },
  { name: "an SELinux role", spec: pod(strict({ seLinuxOptions: { role: "system_r" } })), level: "privileged" },
  { name: "AppArmor Unconfined", spec: pod(strict({ appArmorProfile: { type: "Unconfined" } })), level: "privileged" },
  {
    name: "AppArmor Localhost on the pod",
    spec: pod(strict(), { securityContext: { appArmorProfile: { type: "Localhost", localhostProfile: "p" } } }),
    level: "restricted",
  },
  { name: "seccomp Unconfined", spec: pod(strict({ seccompProfile: { type: "Unconfined" } })), level: "privileged" },
  { name: "seccomp Unconfined on the pod", spec: pod(strict(), { securityContext: { seccompProfile: { type: "Unconfined" } } }), level: "privileged" },
  { name: "seccomp Localhost", spec: pod(strict({ seccompProfile: { type: "Localhost", localhostProfile: "p.json" } })), level: "restricted" },
  { name: "no seccomp profile at all", spec: pod(strict({ seccompProfile: null })), level: "baseline" },
  {
    name: "a seccomp profile on the pod alone",
    spec: pod(strict({ seccompProfile: null }), { securityContext: { seccompProfile: { type: "RuntimeDefault" } } }),
    level: "restricted",
  },
  { name: "privilege escalation not said", spec: pod(strict({ allowPrivilegeEscalation: null })), level: "baseline" },
  { name: "privilege escalation allowed", spec: pod(strict({ allowPrivilegeEscalation: true })), level: "baseline" },
  { name: "runAsNonRoot on the pod alone", spec: pod(strict({ runAsNonRoot: null }), { securityContext: { runAsNonRoot: true } }), level: "restricted" },
  { name: "runAsNonRoot nowhere", spec: pod(strict({ runAsNonRoot: null })), level: "baseline" },
  { name: "runAsNonRoot false on the pod, true on the container", spec: pod(strict(), { securityContext: { runAsNonRoot: false } }), level: "baseline" },
  {
    name: "runAsNonRoot true on the pod, false on the container",
    spec: pod(strict({ runAsNonRoot: false }), { securityContext: { runAsNonRoot: true } }),
    level: "baseline",
  },
  { name: "runAsUser 0 on the pod", spec: pod(strict(), { securityContext: { runAsUser: 0 } }), level: "baseline" },
  { name: "runAsUser 0 on the container", spec: pod(strict({ runAsUser: 0 })), level: "baseline" },
  { name: "runAsUser 1000", spec: pod(strict({ runAsUser: 1000 })), level: "restricted" },
  { name: "root in a user namespace", spec: pod(strict({ runAsUser: 0, runAsNonRoot: null }), { hostUsers: false }), level: "restricted" },
  { name: "a Windows pod", spec: pod({ ...plain, securityContext: { runAsNonRoot: true } }, { os: { name: "windows" } }), level: "restricted" },
  {
    name: "a Windows host process",
    spec: pod(plain, {
      os: { name: "windows" },
      hostNetwork: true,
      securityContext: { windowsOptions: { hostProcess: true, runAsUserName: "NT AUTHORITY\\SYSTEM" } },
    }),
    level: "privileged",
  },
  { name: "a sidecar that is not hardened", spec: { containers: [strict(), { ...plain, name: "d" }] }, level: "baseline" },
];

function allVolumes(): readonly Record<string, unknown>[] {
  return [
    { name: "a", configMap: { name: "x" } },
    { name: "b", csi: { driver: "d.example.org" } },
    { name: "c", downwardAPI: {} },
    { name: "d", ephemeral: { volumeClaimTemplate: { spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Mi" } } } } } },
    { name: "e", image: { reference: "example.org/a:1" } },
    { name: "f", persistentVolumeClaim: { claimName: "x" } },
    { name: "g", projected: { sources: [] } },
    { name: "h", secret: { secretName: "x" } },
  ];
}
