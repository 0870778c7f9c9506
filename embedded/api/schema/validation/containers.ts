import { field, list, text } from "../../../../core/kubernetes/field.ts";
import { findDnsLabelProblems } from "../../../../core/kubernetes/names.ts";
import type { Causes } from "../../causes.ts";
import { duplicate, forbidden, invalidValue, invalidValues, notFound, oneOf, required, when } from "../../causes.ts";
import { validateEnv, validateEnvFrom } from "./environment.ts";
import { validateLifecycle, validateProbe } from "./probes.ts";
import { validateResources } from "./resources.ts";
import { validateContainerSecurity } from "./security-contexts.ts";
import { findPortNameProblems, noDots, portNumber } from "./value-rules.ts";

export type ContainersOf = { readonly spec: unknown; readonly volumes: ReadonlySet<string> };

/** A pod's containers and init containers. Source: k8s.io/kubernetes, pkg/apis/core/validation/validation.go. */
export function validateContainers(path: string, { spec, volumes }: ContainersOf): Causes {
  const [containers, initContainers] = [list(field(spec, "containers")), list(field(spec, "initContainers"))];
  if (containers.length === 0) return required(`${path}.containers`);
  const names = new Set<string>();
  const check = (kind: string, container: unknown, index: number): Causes => {
    const at = `${path}.${kind}[${index}]`;
    const name = text(field(container, "name"));
    const isTaken = name !== "" && names.has(name);
    names.add(name);
    const isInit = kind === "initContainers" && field(container, "restartPolicy") !== "Always";
    return [
      ...validateContainer(at, container, volumes),
      ...when(isTaken, () => duplicate(`${at}.name`, name)),
      ...(isInit ? refuseProbes(at, container) : validateProbes(at, container)),
    ];
  };
  return [
    ...containers.flatMap((container, index) => check("containers", container, index)),
    ...validateHostPorts(`${path}.containers`, containers),
    ...initContainers.flatMap((container, index) => check("initContainers", container, index)),
  ];
}

function validateContainer(path: string, container: unknown, volumes: ReadonlySet<string>): Causes {
  const [name, image] = [text(field(container, "name")), text(field(container, "image"))];
  return [
    ...(name === "" ? required(`${path}.name`) : invalidValues(`${path}.name`, name, findDnsLabelProblems(name))),
    ...(image === "" ? required(`${path}.image`) : []),
    ...oneOf(`${path}.terminationMessagePolicy`, field(container, "terminationMessagePolicy"), ["File", "FallbackToLogsOnError"]),
    ...validatePorts(`${path}.ports`, list(field(container, "ports"))),
    ...validateEnv(`${path}.env`, list(field(container, "env"))),
    ...validateEnvFrom(`${path}.envFrom`, list(field(container, "envFrom"))),
    ...validateMounts(`${path}.volumeMounts`, list(field(container, "volumeMounts")), volumes),
    ...oneOf(`${path}.imagePullPolicy`, field(container, "imagePullPolicy"), ["Always", "IfNotPresent", "Never"]),
    ...validateResources(`${path}.resources`, field(container, "resources")),
    ...validateContainerSecurity(`${path}.securityContext`, field(container, "securityContext")),
  ];
}

function validateProbes(path: string, container: unknown): Causes {
  return [
    ...validateLifecycle(`${path}.lifecycle`, field(container, "lifecycle")),
    ...["livenessProbe", "readinessProbe", "startupProbe"].flatMap((probe) => validateProbe(`${path}.${probe}`, field(container, probe))),
  ];
}

function refuseProbes(path: string, container: unknown): Causes {
  const given = ["lifecycle", "livenessProbe", "readinessProbe", "startupProbe"].filter((name) => field(container, name) !== undefined);
  return given.flatMap((name) => forbidden(`${path}.${name}`, "may not be set for init containers without restartPolicy=Always"));
}

function validatePorts(path: string, ports: readonly unknown[]): Causes {
  const names = new Set<string>();
  return ports.flatMap((port, index) => {
    const at = `${path}[${index}]`;
    const name = text(field(port, "name"));
    const problems = name === "" ? [] : findPortNameProblems(name);
    const isTaken = name !== "" && names.has(name);
    if (problems.length === 0) names.add(name);
    const [number, hostPort] = [field(port, "containerPort") ?? 0, field(port, "hostPort") ?? 0];
    return [
      ...invalidValues(`${at}.name`, name, problems),
      ...when(isTaken, () => duplicate(`${at}.name`, name)),
      ...(number === 0 ? required(`${at}.containerPort`) : portNumber(`${at}.containerPort`, number)),
      ...(hostPort === 0 ? [] : portNumber(`${at}.hostPort`, hostPort)),
      ...oneOf(`${at}.protocol`, field(port, "protocol"), ["SCTP", "TCP", "UDP"]),
    ];
  });
}

/** A port of the node can be had once. */
function validateHostPorts(path: string, containers: readonly unknown[]): Causes {
  const taken = new Set<string>();
  return containers.flatMap((container, at) =>
    list(field(container, "ports")).flatMap((port, index) => {
      if (Number(field(port, "hostPort") ?? 0) === 0) return [];
      const key = `${text(field(port, "protocol"))}/${text(field(port, "hostIP"))}/${String(field(port, "hostPort"))}`;
      const isTaken = taken.has(key);
      taken.add(key);
      return when(isTaken, () => duplicate(`${path}[${at}].ports[${index}].hostPort`, key));
    }),
  );
}

function validateMounts(path: string, mounts: readonly unknown[], volumes: ReadonlySet<string>): Causes {
  const places = new Set<string>();
  return mounts.flatMap((mount, index) => {
    const at = `${path}[${index}]`;
    const [name, mountPath, subPath] = [text(field(mount, "name")), text(field(mount, "mountPath")), text(field(mount, "subPath"))];
    const isTaken = places.has(mountPath);
    places.add(mountPath);
    return [
      ...when(name === "", () => required(`${at}.name`)),
      ...when(!volumes.has(name), () => notFound(`${at}.name`, name)),
      ...when(mountPath === "", () => required(`${at}.mountPath`)),
      ...when(isTaken, () => invalidValue(`${at}.mountPath`, mountPath, "must be unique")),
      // The API server names no index here.
      ...(subPath.startsWith("/") ? invalidValue(`${path}.subPath`, subPath, "must be a relative path") : noDots(`${path}.subPath`, subPath)),
      ...oneOf(`${path}.mountPropagation`, field(mount, "mountPropagation"), ["Bidirectional", "HostToContainer", "None"]),
    ];
  });
}
