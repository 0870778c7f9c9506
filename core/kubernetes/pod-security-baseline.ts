import { field, list, text } from "./field.ts";
import type { PodSecurityRule, Setter } from "./pod-parts.ts";
import { security } from "./pod-parts.ts";

/** What the baseline level forbids. */
export const baselineRules: readonly PodSecurityRule[] = [
  ({ spec }) => ["hostNetwork", "hostPID", "hostIPC"].filter((key) => field(spec, key) === true).map((key) => `the pod uses ${key}`),
  ({ containers }) => containers.filter((container) => field(security(container), "privileged") === true).map(({ label }) => `${label} is privileged`),
  ({ containers }) =>
    containers.flatMap((container) => addedCapabilities(container, defaultCapabilities).map((name) => `${container.label} adds the capability ${name}`)),
  ({ spec }) =>
    list(field(spec, "volumes"))
      .filter((volume) => field(volume, "hostPath") !== undefined)
      .map((volume) => `volume ${quote(field(volume, "name"))} is a hostPath`),
  ({ containers }) =>
    containers.flatMap(({ label, value }) =>
      list(field(value, "ports"))
        .map((port) => field(port, "hostPort"))
        .filter((port) => port !== undefined && port !== 0)
        .map((port) => `${label} uses host port ${JSON.stringify(port)}`),
    ),
  ({ containers }) =>
    containers.flatMap(({ label, value }) => probeHosts(value).map((host) => `${label} has a probe or lifecycle hook with host ${quote(host)}`)),
  ({ containers, hasUserNamespace }) => (hasUserNamespace ? [] : unmaskedProc(containers)),
  ({ spec }) =>
    list(field(spec, "securityContext", "sysctls"))
      .map((sysctl) => text(field(sysctl, "name")))
      .filter((name) => !safeSysctls.has(name))
      .map((name) => `the pod sets the sysctl ${quote(name)}`),
  ({ setters }) => setters.flatMap(forbiddenSeLinux),
  ({ setters }) => setters.flatMap((setter) => unconfined(setter, "appArmorProfile", "AppArmor")),
  ({ setters }) => setters.flatMap((setter) => unconfined(setter, "seccompProfile", "seccomp")),
  ({ setters }) =>
    setters.filter((setter) => field(security(setter), "windowsOptions", "hostProcess") === true).map(({ label }) => `${label} is a Windows host process`),
];

/** Containers that want another view of /proc than the masked one. */
export const unmaskedProc = (containers: readonly Setter[]): readonly string[] =>
  containers.flatMap((container) => {
    const procMount = field(security(container), "procMount");
    return procMount === undefined || procMount === "Default" ? [] : [`${container.label} has procMount ${quote(procMount)}`];
  });

/** Capabilities that a container adds beyond the allowed ones. */
export const addedCapabilities = (container: Setter, allowed: ReadonlySet<string>): readonly string[] =>
  list(field(security(container), "capabilities", "add"))
    .map(text)
    .filter((name) => !allowed.has(name));

/** Profile types that confine. */
export const confiningTypes: ReadonlySet<unknown> = new Set(["RuntimeDefault", "Localhost"]);

function unconfined(setter: Setter, key: string, kind: string): readonly string[] {
  const profile = field(security(setter), key);
  if (profile === undefined || confiningTypes.has(field(profile, "type"))) return [];
  return [`${setter.label} has the ${kind} profile ${quote(field(profile, "type"))}`];
}

function forbiddenSeLinux(setter: Setter): readonly string[] {
  const options = field(security(setter), "seLinuxOptions");
  const type = text(field(options, "type"));
  return [
    ...(seLinuxTypes.has(type) ? [] : [`${setter.label} has the SELinux type ${quote(type)}`]),
    ...["user", "role"].filter((key) => text(field(options, key)) !== "").map((key) => `${setter.label} sets an SELinux ${key}`),
  ];
}

function probeHosts(container: unknown): readonly string[] {
  const probes = ["livenessProbe", "readinessProbe", "startupProbe"].map((key) => field(container, key));
  const hooks = ["postStart", "preStop"].map((key) => field(container, "lifecycle", key));
  return [...probes, ...hooks].flatMap((handler) => ["httpGet", "tcpSocket"].map((key) => text(field(handler, key, "host")))).filter((host) => host !== "");
}

const quote = (value: unknown): string => JSON.stringify(text(value));

/** SELinux types that a pod may ask for. */
export const seLinuxTypes: ReadonlySet<string> = new Set(["", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"]);

/** Capabilities that containers have anyway, so that they may add them. */
export const defaultCapabilities: ReadonlySet<string> = new Set([
  "AUDIT_WRITE",
  "CHOWN",
  "DAC_OVERRIDE",
  "FOWNER",
  "FSETID",
  "KILL",
  "MKNOD",
  "NET_BIND_SERVICE",
  "SETFCAP",
  "SETGID",
  "SETPCAP",
  "SETUID",
  "SYS_CHROOT",
]);

/** Sysctls that reach no further than the pod. */
export const safeSysctls: ReadonlySet<string> = new Set([
  "kernel.shm_rmid_forced",
  "net.ipv4.ip_local_port_range",
  "net.ipv4.ip_local_reserved_ports",
  "net.ipv4.ip_unprivileged_port_start",
  "net.ipv4.ping_group_range",
  "net.ipv4.tcp_fin_timeout",
  "net.ipv4.tcp_keepalive_intvl",
  "net.ipv4.tcp_keepalive_probes",
  "net.ipv4.tcp_keepalive_time",
  "net.ipv4.tcp_rmem",
  "net.ipv4.tcp_syncookies",
  "net.ipv4.tcp_wmem",
]);
