import { isIP } from "node:net";
import { field, list, text } from "../../../../core/kubernetes/field.ts";
import { findDnsLabelProblems, findSubdomainProblems } from "../../../../core/kubernetes/names.ts";
import type { Causes } from "./causes.ts";
import { invalidValue, invalidValues, none, notSupported, required, when } from "./causes.ts";
import { findPortNameProblems, portNumber } from "./value-rules.ts";

/** An Ingress's spec. Source: k8s.io/kubernetes, pkg/apis/networking/validation/validation.go. */
export function validateIngress(spec: unknown): Causes {
  const [rules, backend, className] = [list(field(spec, "rules")), field(spec, "defaultBackend"), text(field(spec, "ingressClassName"))];
  return [
    ...when(rules.length === 0 && backend === undefined, () => invalidValue("spec", null, "either `defaultBackend` or `rules` must be specified")),
    ...when(backend !== undefined, () => validateBackend("spec.defaultBackend", backend)),
    ...rules.flatMap((rule, index) => [
      ...validateHost(`spec.rules[${index}].host`, text(field(rule, "host"))),
      ...list(field(rule, "http", "paths")).flatMap((path, at) => validatePath(`spec.rules[${index}].http.paths[${at}]`, path)),
    ]),
    ...list(field(spec, "tls")).flatMap((tls, index) =>
      list(field(tls, "hosts")).flatMap((host, at) => validateHost(`spec.tls[${index}].hosts[${at}]`, text(host))),
    ),
    ...when(className !== "", () => invalidValues("spec.ingressClassName", className, findSubdomainProblems(className))),
  ];
}

function validateHost(path: string, host: string): Causes {
  if (host === "") return none;
  if (isIP(host) > 0) return invalidValue(path, host, "must be a DNS name, not an IP address");
  return invalidValues(path, host, findSubdomainProblems(host.replace(/^\*\./, "")));
}

function validatePath(path: string, rule: unknown): Causes {
  const [type, at] = [text(field(rule, "pathType")), text(field(rule, "path"))];
  const isFixed = type === "Exact" || type === "Prefix";
  const types = ["Exact", "ImplementationSpecific", "Prefix"];
  const typed =
    type === "" ? required(`${path}.pathType`, "pathType must be specified") : types.includes(type) ? none : notSupported(`${path}.pathType`, type, types);
  return [
    ...typed,
    ...when((isFixed || at !== "") && !at.startsWith("/"), () => invalidValue(`${path}.path`, at, "must be an absolute path")),
    ...when(type !== "", () => validateBackend(`${path}.backend`, field(rule, "backend"))),
  ];
}

function validateBackend(path: string, backend: unknown): Causes {
  const service = field(backend, "service");
  if (service === undefined) return field(backend, "resource") === undefined ? required(path, "resource or service backend is required") : none;
  const [name, portName, portOf] = [text(field(service, "name")), text(field(service, "port", "name")), Number(field(service, "port", "number") ?? 0)];
  return [
    ...(name === "" ? required(`${path}.service.name`) : invalidValues(`${path}.service.name`, name, findDnsLabelProblems(name))),
    ...(portName !== "" && portOf !== 0
      ? invalidValue(path, "", "cannot set both port name & port number")
      : portName !== ""
        ? invalidValues(`${path}.service.port.name`, portName, findPortNameProblems(portName))
        : portOf === 0
          ? required(path, "port name or number is required")
          : portNumber(`${path}.service.port.number`, portOf)),
  ];
}
