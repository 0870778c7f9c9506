import { field, list, text } from "../../../../core/kubernetes/field.ts";
import { findDnsLabelProblems, findSubdomainProblems } from "../../../../core/kubernetes/names.ts";
import type { Causes } from "../../causes.ts";
import { invalidValue, invalidValues, none, oneOf, required, when } from "../../causes.ts";
import { validateContainers } from "./containers.ts";
import { validateLabels } from "./labels.ts";
import { validateAffinity, validateSpread, validateTolerations } from "./scheduling.ts";
import { validatePodSecurity } from "./security-contexts.ts";
import { ipAddress, qualifiedName } from "./value-rules.ts";
import { validateVolumes } from "./volumes.ts";

/** A pod's spec, in a pod or in a template. Source: k8s.io/kubernetes, pkg/apis/core/validation/validation.go. */
export function validatePodSpec(path: string, spec: unknown): Causes {
  const { causes, names } = validateVolumes(`${path}.volumes`, list(field(spec, "volumes")));
  return [
    ...causes,
    ...validateContainers(path, { spec, volumes: names }),
    ...validateHostNetwork(path, spec),
    ...oneOf(`${path}.restartPolicy`, field(spec, "restartPolicy"), ["Always", "OnFailure", "Never"]),
    ...oneOf(`${path}.dnsPolicy`, field(spec, "dnsPolicy"), ["ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"]),
    ...validateLabels(`${path}.nodeSelector`, field(spec, "nodeSelector")),
    ...validatePodSecurity(path, spec),
    ...validateAffinity(`${path}.affinity`, field(spec, "affinity")),
    ...validateDns(`${path}.dnsConfig`, spec),
    ...list(field(spec, "readinessGates")).flatMap((gate, index) =>
      qualifiedName(`${path}.readinessGates[${index}].conditionType`, text(field(gate, "conditionType"))),
    ),
    ...list(field(spec, "schedulingGates")).flatMap((gate, index) => qualifiedName(`${path}.schedulingGates[${index}]`, text(field(gate, "name")))),
    ...validateSpread(`${path}.topologySpreadConstraints`, list(field(spec, "topologySpreadConstraints"))),
    ...validateNames(path, spec),
    ...validateTolerations(`${path}.tolerations`, list(field(spec, "tolerations"))),
    ...list(field(spec, "hostAliases")).flatMap((alias, index) => validateAlias(`${path}.hostAliases[${index}]`, alias)),
    ...["priorityClassName", "runtimeClassName"].flatMap((name) => subdomain(`${path}.${name}`, text(field(spec, name)))),
    ...oneOf(`${path}.os`, field(spec, "os", "name"), ["linux", "windows"]),
  ];
}

const subdomain = (path: string, name: string): Causes => (name === "" ? none : invalidValues(path, name, findSubdomainProblems(name)));
const label = (path: string, name: string): Causes => (name === "" ? none : invalidValues(path, name, findDnsLabelProblems(name)));

function validateNames(path: string, spec: unknown): Causes {
  const deadline = field(spec, "activeDeadlineSeconds");
  const isOut = typeof deadline === "number" && (deadline < 1 || deadline > 2147483647);
  return [
    ...subdomain(`${path}.serviceAccountName`, text(field(spec, "serviceAccountName"))),
    ...subdomain(`${path}.nodeName`, text(field(spec, "nodeName"))),
    ...when(isOut, () => invalidValue(`${path}.activeDeadlineSeconds`, deadline, "must be between 1 and 2147483647, inclusive")),
    ...label(`${path}.hostname`, text(field(spec, "hostname"))),
    ...label(`${path}.subdomain`, text(field(spec, "subdomain"))),
  ];
}

/** In the node's network, a container's port is the node's. */
function validateHostNetwork(path: string, spec: unknown): Causes {
  if (field(spec, "hostNetwork") !== true) return none;
  return ["containers", "initContainers"].flatMap((kind) =>
    list(field(spec, kind)).flatMap((container, at) =>
      list(field(container, "ports")).flatMap((port, index) => {
        const [own, host] = [field(port, "containerPort"), field(port, "hostPort")];
        const isOther = host !== undefined && host !== own;
        return when(isOther, () =>
          invalidValue(`${path}.${kind}[${at}].ports[${index}].hostPort`, host, "must match `containerPort` when `hostNetwork` is true"),
        );
      }),
    ),
  );
}

function validateDns(path: string, spec: unknown): Causes {
  const config = field(spec, "dnsConfig");
  const servers = list(field(config, "nameservers"));
  const searches = list(field(config, "searches"));
  if (field(spec, "dnsPolicy") === "None" && config === undefined) return required(path, "must provide `dnsConfig` when `dnsPolicy` is None");
  if (field(spec, "dnsPolicy") === "None" && servers.length === 0)
    return required(`${path}.nameservers`, "must provide at least one DNS nameserver when `dnsPolicy` is None");
  return [
    ...when(servers.length > 3, () => invalidValue(`${path}.nameservers`, servers, "must not have more than 3 nameservers")),
    ...servers.flatMap((server, index) => ipAddress(`${path}.nameservers[${index}]`, text(server))),
    ...when(searches.length > 32, () => invalidValue(`${path}.searches`, searches, "must not have more than 32 search paths")),
    ...searches.flatMap((search, index) => validateSearch(`${path}.searches[${index}]`, text(search))),
    ...list(field(config, "options")).flatMap((option, index) =>
      when(text(field(option, "name")) === "", () => required(`${path}.options[${index}]`, "must not be empty")),
    ),
  ];
}

function validateSearch(path: string, search: string): Causes {
  const pattern = "_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\\._?[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*";
  if (search === "." || new RegExp(`^(?:${pattern})$`).test(search.replace(/\.$/, ""))) return none;
  const rule =
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character";
  return invalidValue(path, search, `${rule} (e.g. 'example.com', regex used for validation is '${pattern}')`);
}

function validateAlias(path: string, alias: unknown): Causes {
  return [
    ...ipAddress(`${path}.ip`, text(field(alias, "ip"))),
    ...list(field(alias, "hostnames")).flatMap((name, index) => invalidValues(`${path}.hostnames[${index}]`, name, findSubdomainProblems(text(name)))),
  ];
}
