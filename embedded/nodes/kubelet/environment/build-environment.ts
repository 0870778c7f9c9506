import type { Api } from "../../../api/registry/api.ts";
import type { Container, EnvFrom, EnvVar } from "../pods/pod.ts";
import { expand } from "./expand.ts";
import type { FieldSources } from "./fields.ts";
import { readField, readResourceField } from "./fields.ts";
import { readKeys } from "./read-keys.ts";
import { buildServiceVariables } from "./service-variables.ts";

type Variables = { [name: string]: string };

/** A container can't be made as it is described; the message is the kubelet's. */
export class ContainerConfigError extends Error {
  override name = "ContainerConfigError";
}

/**
 * The variables of a container: services, then envFrom, then env, later ones over earlier ones. Throws ContainerConfigError for what isn't there and isn't optional.
 * Source: k8s.io/kubernetes, pkg/kubelet/kubelet_pods.go, makeEnvironmentVariables.
 */
export function buildEnvironment(api: Api, container: Container, sources: FieldSources): { readonly [name: string]: string } {
  const { namespace } = sources.pod.metadata;
  const services = buildServiceVariables(api, namespace, sources.pod.spec.enableServiceLinks ?? true);
  const result: Variables = {};
  for (const source of container.envFrom ?? []) Object.assign(result, readAll(api, namespace, source));
  for (const variable of container.env ?? []) {
    // Services can be named in an expansion, but give way to the container's own.
    const value = readValue(variable, { api, container, sources, known: { ...services, ...result } });
    if (value !== undefined) result[variable.name] = value;
  }
  return { ...services, ...result };
}

function readAll(api: Api, namespace: string, { prefix = "", configMapRef, secretRef }: EnvFrom): Variables {
  const kind = configMapRef === undefined ? "Secret" : "ConfigMap";
  const reference = configMapRef ?? secretRef;
  if (reference === undefined) return {};
  const keys = readKeys(api, { kind, namespace, name: reference.name });
  if (keys !== undefined) return Object.fromEntries([...keys].map(([key, value]) => [`${prefix}${key}`, value.toString()]));
  if (reference.optional === true) return {};
  throw new ContainerConfigError(`${kind.toLowerCase()} ${JSON.stringify(reference.name)} not found`);
}

type ValueSources = { readonly api: Api; readonly container: Container; readonly sources: FieldSources; readonly known: Variables };

function readValue({ value, valueFrom }: EnvVar, { api, container, sources, known }: ValueSources): string | undefined {
  if (valueFrom === undefined) return expand(value ?? "", known);
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef } = valueFrom;
  if (fieldRef !== undefined) {
    const found = readField(sources, fieldRef.fieldPath);
    if (found === undefined) throw new ContainerConfigError(`unsupported fieldPath: ${fieldRef.fieldPath}`);
    return found;
  }
  if (resourceFieldRef !== undefined) {
    const found = readResourceField(sources, resourceFieldRef, container);
    if (found === undefined) throw new ContainerConfigError(`unsupported container resource : ${resourceFieldRef.resource}`);
    return found;
  }
  const kind = configMapKeyRef === undefined ? "Secret" : "ConfigMap";
  const reference = configMapKeyRef ?? secretKeyRef;
  return reference && readKey(api, { kind, namespace: sources.pod.metadata.namespace, ...reference });
}

type Key = { readonly kind: "ConfigMap" | "Secret"; readonly namespace: string; readonly name: string; readonly key: string; readonly optional?: boolean };

function readKey(api: Api, { kind, namespace, name, key, optional }: Key): string | undefined {
  const keys = readKeys(api, { kind, namespace, name });
  const found = keys?.get(key)?.toString();
  if (found !== undefined || optional === true) return found;
  throw new ContainerConfigError(
    keys === undefined ? `${kind.toLowerCase()} ${JSON.stringify(name)} not found` : `couldn't find key ${key} in ${kind} ${namespace}/${name}`,
  );
}
