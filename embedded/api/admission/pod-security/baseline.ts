import { field, list, text } from "../../../../core/kubernetes/field.ts";
import type { PodParts, Setter } from "../../../../core/kubernetes/pod-parts.ts";
import { confiningTypes, defaultCapabilities, safeSysctls, seLinuxTypes, unmaskedProc } from "../../../../core/kubernetes/pod-security-baseline.ts";
import type { PodSecurityCheck, Violation } from "./violation.ts";
import { blame, blameCapabilities, describeSetters, inSecurity, plural, quoteAll } from "./violation.ts";

/** Baseline's checks that hold at restricted too, by the ids that the API server sorts them by. */
export const commonChecks: { readonly [id: string]: PodSecurityCheck } = {
  appArmorProfile: ({ setters }) => {
    const types = (setter: Setter): readonly string[] => unconfinedTypes(setter, "appArmorProfile");
    const bad = setters.filter((setter) => types(setter).length > 0);
    const values = bad.flatMap(types);
    return blame(`forbidden AppArmor profile${plural(values)}`, bad, `must not set AppArmor profile type to ${quoteAll(values)}`);
  },
  hostNamespaces: ({ spec }) => {
    const used = ["hostNetwork", "hostPID", "hostIPC"].filter((key) => field(spec, key) === true).map((key) => `${key}=true`);
    return used.length === 0 ? undefined : { reason: "host namespaces", detail: used.join(", ") };
  },
  hostPorts: ({ containers }) => {
    const bad = containers.filter((container) => hostPorts(container).length > 0);
    const ports = [...new Set(bad.flatMap(hostPorts))].toSorted();
    return blame("hostPort", bad, `${uses(bad)} hostPort${plural(ports)} ${ports.join(", ")}`);
  },
  hostProbesAndHostLifecycle: ({ containers }) => {
    const bad = containers.filter((container) => probeHosts(container).length > 0);
    const hosts = bad.flatMap(probeHosts);
    return blame("probe or lifecycle host", bad, `${uses(bad)} probe or lifecycle host${plural(hosts)} ${quoteAll(hosts)}`);
  },
  privileged: ({ containers }) =>
    blame(
      "privileged",
      containers.filter((container) => inSecurity(container, "privileged") === true),
      "must not set securityContext.privileged=true",
    ),
  seLinuxOptions: ({ setters }) => judgeSeLinux(setters),
  sysctls: ({ spec }) => {
    const names = list(field(spec, "securityContext", "sysctls"))
      .map((sysctl) => text(field(sysctl, "name")))
      .filter((name) => !safeSysctls.has(name));
    return names.length === 0 ? undefined : { reason: "forbidden sysctls", detail: names.join(", ") };
  },
  windowsHostProcess: ({ setters }) =>
    blame(
      "hostProcess",
      setters.filter((setter) => inSecurity(setter, "windowsOptions", "hostProcess") === true),
      "must not set securityContext.windowsOptions.hostProcess=true",
    ),
};

/** Baseline's checks for which restricted has stricter ones. */
export const baselineOnlyChecks: { readonly [id: string]: PodSecurityCheck } = {
  capabilities: ({ containers }) => {
    const detail = blameCapabilities(containers, defaultCapabilities);
    return detail === undefined ? undefined : { reason: "non-default capabilities", detail };
  },
  hostPathVolumes: ({ spec }) => {
    const names = list(field(spec, "volumes"))
      .filter((volume) => field(volume, "hostPath") !== undefined)
      .map((volume) => JSON.stringify(text(field(volume, "name"))));
    return names.length === 0 ? undefined : { reason: "hostPath volumes", detail: `volume${plural(names)} ${names.join(", ")}` };
  },
  procMount: (pod) => (pod.hasUserNamespace ? undefined : judgeProcMount(pod)),
  seccompProfile: ({ setters }) => judgeSeccomp(setters),
};

/** Containers that see more of /proc than the masked view. */
export function judgeProcMount({ containers }: PodParts): Violation | undefined {
  const bad = containers.filter((container) => unmaskedProc([container]).length > 0);
  const values = bad.map((container) => text(inSecurity(container, "procMount")));
  return blame("procMount", bad, `must not set securityContext.procMount to ${quoteAll(values)}`);
}

/** Those that say that seccomp shall not confine them. */
export function judgeSeccomp(setters: readonly Setter[]): Violation | undefined {
  const types = (setter: Setter): readonly string[] => unconfinedTypes(setter, "seccompProfile");
  const bad = setters.filter((setter) => types(setter).length > 0);
  return blame("seccompProfile", bad, `must not set securityContext.seccompProfile.type to ${quoteAll(bad.flatMap(types))}`);
}

function unconfinedTypes(setter: Setter, profile: string): readonly string[] {
  if (inSecurity(setter, profile) === undefined) return [];
  const type = text(inSecurity(setter, profile, "type"));
  return confiningTypes.has(type) ? [] : [type];
}

const uses = (containers: readonly Setter[]): string => (containers.length === 1 ? "uses" : "use");

const hostPorts = ({ value }: Setter): readonly string[] =>
  list(field(value, "ports"))
    .map((port) => field(port, "hostPort"))
    .filter((port) => port !== undefined && port !== 0)
    .map((port) => JSON.stringify(port));

function probeHosts({ value }: Setter): readonly string[] {
  const probes = ["livenessProbe", "readinessProbe", "startupProbe"].map((key) => field(value, key));
  const hooks = ["postStart", "preStop"].map((key) => field(value, "lifecycle", key));
  return [...probes, ...hooks].flatMap((handler) => ["httpGet", "tcpSocket"].map((key) => text(field(handler, key, "host")))).filter((host) => host !== "");
}

function judgeSeLinux(setters: readonly Setter[]): Violation | undefined {
  const option = (setter: Setter, key: string): string => text(inSecurity(setter, "seLinuxOptions", key));
  const hasBadType = (setter: Setter): boolean => !seLinuxTypes.has(option(setter, "type"));
  const says = (setter: Setter, key: string): boolean => option(setter, key) !== "";
  const bad = setters.filter((setter) => hasBadType(setter) || says(setter, "user") || says(setter, "role"));
  const types = bad.filter(hasBadType).map((setter) => option(setter, "type"));
  const parts = [
    ...(types.length === 0 ? [] : [`type${plural(types)} ${quoteAll(types)}`]),
    ...["user", "role"].filter((key) => bad.some((setter) => says(setter, key))).map((key) => `${key} may not be set`),
  ];
  return bad.length === 0
    ? undefined
    : { reason: "seLinuxOptions", detail: `${describeSetters(bad)} set forbidden securityContext.seLinuxOptions: ${parts.join("; ")}` };
}
