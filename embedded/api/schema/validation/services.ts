import { field, list, text } from "../../../../core/kubernetes/field.ts";
import { findDnsLabelProblems, findSubdomainProblems } from "../../../../core/kubernetes/names.ts";
import type { Causes } from "../../causes.ts";
import { duplicate, forbidden, invalidValue, invalidValues, none, oneOf, required, when } from "../../causes.ts";
import { validateLabels } from "./labels.ts";
import { ipAddress, portNumber, portNumberOrName } from "./value-rules.ts";
import type { Check } from "./check.ts";

export const serviceChecks: Readonly<Record<string, Check>> = {
  "/Service": { create: (object) => validateService(field(object, "spec")), update: validateServiceUpdate },
};

const types = ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"];

/** A Service's spec. Source: k8s.io/kubernetes, pkg/apis/core/validation/validation.go. */
function validateService(spec: unknown): Causes {
  const [type, address, ports] = [text(field(spec, "type")), text(field(spec, "clusterIP")), list(field(spec, "ports"))];
  const isHeadless = address === "None";
  return [
    ...when(ports.length === 0 && !isHeadless && type !== "ExternalName", () => required("spec.ports")),
    ...when(type === "LoadBalancer" && isHeadless, () => invalidValue("spec.clusterIPs[0]", "None", "may not be set to 'None' for LoadBalancer services")),
    ...when(type === "NodePort" && isHeadless, () => invalidValue("spec.clusterIPs[0]", "None", "may not be set to 'None' for NodePort services")),
    ...validateExternalName(type, spec),
    ...validatePorts(ports),
    ...validateLabels("spec.selector", field(spec, "selector")),
    ...oneOf("spec.sessionAffinity", field(spec, "sessionAffinity"), ["ClientIP", "None"]),
    ...validateAffinityTime(field(spec, "sessionAffinityConfig", "clientIP", "timeoutSeconds")),
    ...when(address !== "" && !isHeadless && type !== "ExternalName", () => ipAddress("spec.clusterIPs[0]", address)),
    ...list(field(spec, "externalIPs")).flatMap((ip, index) => validateExternalAddress(`spec.externalIPs[${index}]`, text(ip))),
    ...oneOf("spec.type", type, types),
    ...validateNodePorts(type, ports),
    ...validateTraffic(type, spec),
  ];
}

/** What may not change of a Service. */
function validateServiceUpdate(object: unknown, old: unknown): Causes {
  const addressOf = (service: unknown): string => text(field(service, "spec", "clusterIP"));
  const [now, before] = [addressOf(object), addressOf(old)];
  const isKept = field(object, "spec", "type") !== "ExternalName" && field(old, "spec", "type") !== "ExternalName";
  return when(isKept && before !== "" && now !== before, () => invalidValue("spec.clusterIPs[0]", [now], "may not change once set"));
}

function validateExternalName(type: string, spec: unknown): Causes {
  if (type !== "ExternalName") return none;
  const name = text(field(spec, "externalName"));
  const hasAddress = text(field(spec, "clusterIP")) !== "" || list(field(spec, "clusterIPs")).length > 0;
  return [
    ...when(hasAddress, () => forbidden("spec.clusterIPs", "may not be set for ExternalName services")),
    ...(name === "" ? required("spec.externalName") : invalidValues("spec.externalName", name, findSubdomainProblems(name.replace(/\.$/, "")))),
  ];
}

function validatePorts(ports: readonly unknown[]): Causes {
  const names = new Set<string>();
  const own = ports.flatMap((port, index) => {
    const path = `spec.ports[${index}]`;
    const name = text(field(port, "name"));
    const problems = name === "" ? none : invalidValues(`${path}.name`, name, findDnsLabelProblems(name));
    const isTaken = problems.length === 0 && name !== "" && names.has(name);
    names.add(name);
    return [
      ...(name === "" && ports.length > 1 ? required(`${path}.name`) : problems),
      ...when(isTaken, () => duplicate(`${path}.name`, name)),
      ...portNumber(`${path}.port`, field(port, "port") ?? 0),
      ...oneOf(`${path}.protocol`, field(port, "protocol"), ["SCTP", "TCP", "UDP"]),
      ...portNumberOrName(`${path}.targetPort`, field(port, "targetPort") ?? 0),
    ];
  });
  return [...own, ...findSamePorts(ports)];
}

/** The API server quotes its own form of the port. */
function findSamePorts(ports: readonly unknown[]): Causes {
  const seen = new Set<string>();
  return ports.flatMap((port, index) => {
    const [protocol, number] = [text(field(port, "protocol")), Number(field(port, "port") ?? 0)];
    const key = `${protocol} ${number}`;
    const isKnown = seen.has(key);
    seen.add(key);
    const quoted = { Name: "", Protocol: protocol, AppProtocol: null, Port: number, TargetPort: 0, NodePort: 0 };
    return when(isKnown, () => duplicate(`spec.ports[${index}]`, quoted));
  });
}

function validateAffinityTime(seconds: unknown): Causes {
  const isRight = seconds === undefined || (Number(seconds) > 0 && Number(seconds) <= 86400);
  return isRight ? none : invalidValue("spec.sessionAffinityConfig.clientIP.timeoutSeconds", seconds, "must be greater than 0 and less than 86400");
}

function validateExternalAddress(path: string, ip: string): Causes {
  const wrong = ipAddress(path, ip);
  if (wrong.length > 0) return wrong;
  return /^(127\.|::1$)/.test(ip) ? invalidValue(path, ip, "may not be in the loopback range (127.0.0.0/8, ::1/128)") : none;
}

function validateNodePorts(type: string, ports: readonly unknown[]): Causes {
  if (type !== "ClusterIP") return none;
  return ports.flatMap((port, index) =>
    when(Number(field(port, "nodePort") ?? 0) !== 0, () => forbidden(`spec.ports[${index}].nodePort`, "may not be used when `type` is 'ClusterIP'")),
  );
}

function validateTraffic(type: string, spec: unknown): Causes {
  const [outside, inside] = [field(spec, "externalTrafficPolicy"), field(spec, "internalTrafficPolicy")];
  const isOutside = type === "NodePort" || type === "LoadBalancer" || list(field(spec, "externalIPs")).length > 0;
  return [
    ...when(outside !== undefined && !isOutside, () =>
      invalidValue("spec.externalTrafficPolicy", outside, "may only be set for externally-accessible services"),
    ),
    ...when(outside !== undefined && isOutside, () => oneOf("spec.externalTrafficPolicy", outside, ["Cluster", "Local"])),
    ...oneOf("spec.internalTrafficPolicy", inside, ["Cluster", "Local"]),
  ];
}
